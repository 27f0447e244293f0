package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Charging;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.options.Hosts.Host;
import io.tenantry.options.OptionOutcome.BadName;
import io.tenantry.options.OptionOutcome.Busy;
import io.tenantry.options.OptionOutcome.Done;
import io.tenantry.options.OptionOutcome.NeedsBackups;
import io.tenantry.options.OptionOutcome.NoWallet;
import io.tenantry.options.OptionOutcome.NotOffered;
import io.tenantry.options.OptionOutcome.NotThere;
import io.tenantry.options.OptionOutcome.PriceChanged;
import io.tenantry.options.OptionOutcome.SlotTaken;
import io.tenantry.options.OptionOutcome.TooLittle;
import io.tenantry.options.OptionOutcome.TooMany;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.SnapshotRules.Others;
import io.tenantry.provider.Snapshots.Keeping;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.wallet.Holds;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What customers do with snapshots of a server: take one, put the server back to it, delete it. It costs from the second in which it is ready,
 * by the size that it has then, to the second in which it is to be deleted; what is held until then is for the whole disk.
 */
@Stateless
public class SnapshotOrders {
    /** Longer than anybody tries to make it. */
    static final Duration HELD_FOR = Duration.ofHours(12);

    private static final String ENTER = """
            insert into service_option (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                        upstream_region, keeping, ordered_at)
            values (?, ?, ?, ?, 'SNAPSHOT', ?, ?, ?, ?, ?, ?, ?)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    OptionRecords records;

    @Inject
    Hosts hosts;

    @Inject
    SnapshotRules rules;

    @Inject
    Terms terms;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    /** For the container. */
    public SnapshotOrders() {}

    /** For use outside a container. */
    SnapshotOrders(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            OptionRecords records,
            Hosts hosts,
            Terms terms,
            Holds holds,
            Charging charging,
            WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.records = records;
        this.hosts = hosts;
        this.rules = new SnapshotRules(sql);
        this.terms = terms;
        this.holds = holds;
        this.charging = charging;
        this.items = items;
    }

    /**
     * Takes one, under a name.
     *
     * @param wish made by whoever asks, new for each wish: repeated, it tells of the same snapshot
     * @param seenPrice the price that was shown
     */
    public OptionOutcome take(UUID wish, UUID serviceId, String name, UUID seenPrice) {
        var host = hosts.lock(serviceId, Permission.VPS_CREATE);
        if (rules.isKnown(wish, host.organizationId())) {
            return new Done(wish);
        }
        if (!VolumeOrders.isName(name)) {
            return new BadName();
        }
        var keeping = hosts.keeping(host);
        if (!host.isUp() || keeping.isEmpty()) {
            return new NotThere();
        }
        var offer = terms.offer(OptionKind.SNAPSHOT);
        if (offer.isEmpty()) {
            return new NotOffered();
        }
        if (!offer.get().priceId().equals(seenPrice)) {
            return new PriceChanged();
        }
        if (host.isParked() || !host.currency().equals(offer.get().unit().currency())) {
            return new NoWallet();
        }
        var hindrance = hindrance(keeping.get(), rules.others(serviceId));
        return hindrance.isPresent() ? hindrance.get() : enter(wish, host, name.strip(), keeping.get(), offer.get());
    }

    private static Optional<OptionOutcome> hindrance(Keeping keeping, Others others) {
        if (keeping == Keeping.WITH_BACKUPS && !others.isBackedUp()) {
            return Optional.of(new NeedsBackups());
        }
        if (others.isMoving() || others.isPutBack()) {
            return Optional.of(new Busy());
        }
        if (keeping == Keeping.WITH_BACKUPS && others.count() > 0) {
            return Optional.of(new SlotTaken());
        }
        return others.count() < SnapshotRules.SNAPSHOTS_MAX
                ? Optional.empty()
                : Optional.of(new TooMany(SnapshotRules.SNAPSHOTS_MAX));
    }

    private OptionOutcome enter(UUID wish, Host host, String name, Keeping keeping, Terms.Offer offer) {
        var gib = Math.max(1, host.diskGib());
        var amount = holds.atFirst(offer.hourly(gib));
        var missing = holds.hold(host.walletId(), wish, amount, HELD_FOR);
        if (missing.isPresent()) {
            return new TooLittle(missing.get());
        }
        sql.update(
                ENTER,
                wish,
                host.id(),
                host.organizationId(),
                host.walletId(),
                name,
                gib,
                terms.version(offer, gib),
                host.account().orElseThrow(),
                host.upstreamRegion(),
                keeping,
                clock.instant());
        begin(records.read(wish), "ordered", Map.of("name", name, "service", host.id()));
        return new Done(wish);
    }

    /** Puts the server back to what it was in it; what was written since is lost. */
    public OptionOutcome restore(UUID snapshotId) {
        var snapshot = allowed(records.lockWithServer(snapshotId), Permission.VPS_MANAGE);
        var others = rules.others(snapshot.serviceId());
        if (snapshot.state() != State.ACTIVE || snapshot.isServerBusy() || others.isMoving() || others.isPutBack()) {
            return new Busy();
        }
        if (!snapshot.isServerActive() || snapshot.upstreamId().isEmpty()) {
            return new NotThere();
        }
        sql.update(
                "update service_option set wanted = 'RESTORE', wanted_copy = ? where id = ?",
                snapshot.upstreamId().get(),
                snapshotId);
        begin(snapshot, "restore", Map.of("name", snapshot.name(), "service", snapshot.serviceId()));
        return new Done(snapshotId);
    }

    /**
     * Deletes it for good: its last hour is charged, whatever else was wanted of it. One that its vendor does not delete by itself is there until
     * the next one replaces it, at nobody's cost.
     */
    public OptionOutcome delete(UUID snapshotId) {
        var snapshot = allowed(records.lock(snapshotId), Permission.VPS_DELETE);
        if (snapshot.state() != State.ACTIVE) {
            return new Busy();
        }
        var now = clock.instant();
        charging.end(snapshotId, snapshot.walletId(), now);
        var facts = Map.of("name", snapshot.name(), "gib", snapshot.quantity());
        if (snapshot.isKept(Keeping.WITH_BACKUPS)) {
            records.end(snapshot, State.TERMINATED, now);
            tell(snapshot, "deleted", facts);
        } else {
            records.end(snapshot, State.TERMINATING, now);
            begin(snapshot, "delete", facts);
        }
        return new Done(snapshotId);
    }

    private void begin(ServiceOption snapshot, String what, Map<String, ?> facts) {
        items.write(SnapshotWork.KIND, Ids.next(clock).toString(), snapshot.id());
        tell(snapshot, what, facts);
    }

    private void tell(ServiceOption snapshot, String what, Map<String, ?> facts) {
        records.tell(snapshot, what);
        audit.record("snapshot." + what, "snapshot", snapshot.id().toString(), facts);
    }

    private ServiceOption allowed(ServiceOption snapshot, String permission) {
        if (snapshot.kind() != OptionKind.SNAPSHOT) {
            throw new NotVisible("snapshot", snapshot.id());
        }
        access.requireIn(snapshot.organizationId(), permission);
        return snapshot;
    }
}
