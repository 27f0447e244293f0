package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.addon.AddonOrdering.Entry;
import io.tenantry.cloud.addon.AddonOutcome.BadName;
import io.tenantry.cloud.addon.AddonOutcome.Busy;
import io.tenantry.cloud.addon.AddonOutcome.Done;
import io.tenantry.cloud.addon.AddonOutcome.LimitReached;
import io.tenantry.cloud.addon.AddonOutcome.Locked;
import io.tenantry.cloud.addon.AddonOutcome.NeedsBackups;
import io.tenantry.cloud.addon.AddonOutcome.NotSupported;
import io.tenantry.cloud.addon.AddonOutcome.Suspended;
import io.tenantry.cloud.addon.AddonOutcome.TooMany;
import io.tenantry.cloud.addon.AddonServers.Host;
import io.tenantry.cloud.addon.SnapshotConstraints.SnapshotState;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The actions of customers on snapshots of a server: take, restore, delete. A snapshot is charged from the second in which it is ready, by its
 * final size, until the second in which its deletion is requested; the reservation until then covers the whole disk.
 */
@Stateless
public class SnapshotOrders {
    /** Lifetime of the reservation; longer than any attempt to take the snapshot. */
    static final Duration HELD_FOR = Duration.ofHours(12);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AddonRepository records;

    @Inject
    AddonServers addonServers;

    @Inject
    SnapshotConstraints rules;

    @Inject
    Charging charging;

    @Inject
    AddonOrdering entries;

    /** For the container. */
    public SnapshotOrders() {}

    /** For use outside a container. */
    SnapshotOrders(
            Sql sql,
            Clock clock,
            AddonRepository records,
            AddonServers addonServers,
            SnapshotConstraints rules,
            Charging charging,
            AddonOrdering entries) {
        this.sql = sql;
        this.clock = clock;
        this.records = records;
        this.addonServers = addonServers;
        this.rules = rules;
        this.charging = charging;
        this.entries = entries;
    }

    /**
     * Takes a snapshot under a name.
     *
     * @param requestId chosen by the caller, new for each request: a repetition returns the same snapshot
     * @param seenPrice the price that was shown
     */
    public AddonOutcome take(UUID requestId, UUID serviceId, String name, UUID seenPrice) {
        var host = addonServers.lock(serviceId, Permission.VPS_CREATE);
        if (entries.isKnown(requestId, host.organizationId())) {
            return new Done(requestId);
        }
        if (!VolumeOrders.isName(name)) {
            return new BadName();
        }
        if (host.isSuspended()) {
            return new Suspended();
        }
        var keeping = addonServers.keeping(host);
        if (!host.isUp() || keeping.isEmpty()) {
            return new NotSupported();
        }
        return entries.atPrice(AddonType.SNAPSHOT, seenPrice, host, offer -> {
            var obstacle = obstacle(keeping.get(), rules.others(serviceId));
            return obstacle.isPresent() ? obstacle.get() : enter(requestId, host, name.strip(), keeping.get(), offer);
        });
    }

    private static Optional<AddonOutcome> obstacle(Keeping keeping, SnapshotState snapshotState) {
        if (keeping == Keeping.WITH_BACKUPS && !snapshotState.isBackedUp()) {
            return Optional.of(new NeedsBackups());
        }
        if (snapshotState.isMoving() || snapshotState.isPutBack() || snapshotState.isTurning()) {
            return Optional.of(new Busy());
        }
        if (keeping == Keeping.WITH_BACKUPS && snapshotState.count() > 0) {
            return Optional.of(new LimitReached());
        }
        return snapshotState.count() < SnapshotConstraints.SNAPSHOTS_MAX
                ? Optional.empty()
                : Optional.of(new TooMany(SnapshotConstraints.SNAPSHOTS_MAX));
    }

    private AddonOutcome enter(UUID requestId, Host host, String name, Keeping keeping, AddonPricing.Offer offer) {
        var gib = Math.max(1, host.diskGib());
        var entry = new Entry(requestId, AddonType.SNAPSHOT, name, gib, Optional.of(keeping), HELD_FOR);
        return entries.enter(host, offer, entry, Map.of("name", name, "service", host.id()));
    }

    /** Restores the server from a snapshot; everything written since is lost, so that a deletion lock prevents it. */
    public AddonOutcome restore(UUID snapshotId) {
        var snapshot = entries.allowed(records.lockWithServer(snapshotId), AddonType.SNAPSHOT, Permission.VPS_MANAGE);
        var host = addonServers.read(snapshot.serviceId(), Permission.VPS_MANAGE);
        if (host.isSuspended()) {
            return new Suspended();
        }
        if (host.isLocked()) {
            return new Locked();
        }
        var snapshotState = rules.others(snapshot.serviceId());
        if (snapshot.state() != State.ACTIVE
                || snapshot.isServerBusy()
                || snapshotState.isMoving()
                || snapshotState.isPutBack()
                || snapshotState.isTurning()
                || rules.isRescued(snapshot.serviceId())) {
            return new Busy();
        }
        if (!snapshot.isServerActive() || snapshot.upstreamId().isEmpty()) {
            return new NotSupported();
        }
        sql.update(
                "update addon set pending_action = 'RESTORE', pending_restore_point = ? where id = ?",
                snapshot.upstreamId().get(),
                snapshotId);
        entries.begin(snapshot, "restore", Map.of("name", snapshot.name(), "service", snapshot.serviceId()));
        return new Done(snapshotId);
    }

    /**
     * Deletes a snapshot permanently and charges its last hour. Refused while its server is being restored from it, whose result must be
     * awaited. A snapshot that its provider does not delete on request remains there, free of charge, until the next one replaces it.
     */
    public AddonOutcome delete(UUID snapshotId) {
        var snapshot = entries.allowed(records.lock(snapshotId), AddonType.SNAPSHOT, Permission.VPS_DELETE);
        if (snapshot.state() != State.ACTIVE || snapshot.wants(Wanted.RESTORE)) {
            return new Busy();
        }
        var now = clock.instant();
        charging.end(snapshotId, snapshot.walletId(), now);
        var facts = Map.of("name", snapshot.name(), "gib", snapshot.quantity());
        if (snapshot.isKept(Keeping.WITH_BACKUPS)) {
            records.end(snapshot, State.TERMINATED, now);
            entries.recordEvent(snapshot, "deleted", facts);
        } else {
            records.end(snapshot, State.TERMINATING, now);
            entries.begin(snapshot, "delete", facts);
        }
        return new Done(snapshotId);
    }
}
