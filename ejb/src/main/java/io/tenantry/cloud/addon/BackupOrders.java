package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.addon.AddonOrdering.Entry;
import io.tenantry.cloud.addon.AddonOutcome.Busy;
import io.tenantry.cloud.addon.AddonOutcome.Done;
import io.tenantry.cloud.addon.AddonOutcome.InsufficientFunds;
import io.tenantry.cloud.addon.AddonOutcome.Locked;
import io.tenantry.cloud.addon.AddonOutcome.NotSupported;
import io.tenantry.cloud.addon.AddonOutcome.Suspended;
import io.tenantry.cloud.addon.AddonServers.Host;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The actions of customers on a server's backups: switch on at a chosen frequency, change the frequency, switch off, restore. Backups are
 * charged from the second in which the provider has switched them on until the second in which switching them off is requested. Switching on
 * again creates a new add-on with its own first hour. Another frequency has its price from the second in which the provider has applied it.
 *
 * <p>Has eleven collaborators: in addition to an order, which all add-ons have, its four actions change prices and need the rules of restoring.
 */
@Stateless
public class BackupOrders {
    /** The name of backups in timelines. */
    static final String NAME = "backups";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AddonRepository records;

    @Inject
    AddonServers addonServers;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    @Inject
    AddonOrdering entries;

    @Inject
    ServerTerminationListener ends;

    @Inject
    SnapshotConstraints rules;

    @Inject
    AddonPricing addonPricing;

    @Inject
    Reservations reservations;

    /** For the container. */
    public BackupOrders() {}

    /** For use outside a container. */
    BackupOrders(
            Sql sql,
            Clock clock,
            AddonRepository records,
            AddonServers addonServers,
            Charging charging,
            WorkItems items,
            AddonOrdering entries,
            ServerTerminationListener ends,
            SnapshotConstraints rules,
            AddonPricing addonPricing,
            Reservations reservations) {
        this.sql = sql;
        this.clock = clock;
        this.records = records;
        this.addonServers = addonServers;
        this.charging = charging;
        this.items = items;
        this.entries = entries;
        this.ends = ends;
        this.rules = rules;
        this.addonPricing = addonPricing;
        this.reservations = reservations;
    }

    /**
     * Switches backups on; a repeated request returns the same add-on.
     *
     * @param policy the frequency; empty where the provider offers no choice
     * @param seenPrice the price that was shown
     */
    public AddonOutcome switchOn(UUID serviceId, Optional<Policy> policy, UUID seenPrice) {
        var host = addonServers.lock(serviceId, Permission.VPS_CREATE);
        var known = current(serviceId);
        if (known.isPresent()) {
            return known.get().state() == State.TERMINATING
                    ? new Busy()
                    : new Done(known.get().id());
        }
        if (host.isSuspended()) {
            return new Suspended();
        }
        if (!host.isUp() || !isChoice(host, policy)) {
            return new NotSupported();
        }
        if (AddonDiscrepancyRepository.isBeingTakenAway(sql, serviceId, AddonType.BACKUP)) {
            return new Busy();
        }
        return entries.atPrice(policy, seenPrice, host, offer -> enter(host, policy, offer));
    }

    private boolean isChoice(Host host, Optional<Policy> policy) {
        return addonServers.policies(host).stream().anyMatch(one -> one.policy().equals(policy));
    }

    private AddonOutcome enter(Host host, Optional<Policy> policy, AddonPricing.Offer offer) {
        var entry =
                new Entry(Ids.next(clock), AddonType.BACKUP, NAME, 1, Optional.empty(), policy, VolumeOrders.HELD_FOR);
        return entries.enter(host, offer, entry, Map.of("service", host.id(), "policy", words(policy)));
    }

    /**
     * Changes the backup frequency at the current price: the increase is reserved until the provider has applied it.
     *
     * @param seenPrice the price that was shown
     */
    public AddonOutcome change(UUID serviceId, Policy policy, UUID seenPrice) {
        var host = addonServers.lock(serviceId, Permission.VPS_MANAGE);
        var known = current(serviceId);
        if (host.isSuspended()) {
            return new Suspended();
        }
        if (known.isEmpty() || !host.isUp() || !isChoice(host, Optional.of(policy))) {
            return new NotSupported();
        }
        var backup = records.lock(known.get().id());
        if (backup.wants(Wanted.POLICY) ? backup.wantedPolicy().equals(Optional.of(policy)) : isSo(backup, policy)) {
            return new Done(backup.id());
        }
        var snapshotState = rules.others(serviceId);
        if (backup.state() != State.ACTIVE
                || backup.wanted().isPresent()
                || snapshotState.isPutBack()
                || snapshotState.isMoving()) {
            return new Busy();
        }
        return entries.atPrice(Optional.of(policy), seenPrice, host, offer -> turn(backup, policy, offer));
    }

    private static boolean isSo(Addon backup, Policy policy) {
        return backup.state() == State.ACTIVE
                && backup.wanted().isEmpty()
                && backup.policy().equals(Optional.of(policy));
    }

    private AddonOutcome turn(Addon backup, Policy policy, AddonPricing.Offer offer) {
        var more = reservations.firstHoursOf(
                backup.walletId(), backup.id(), offer.hourly(1).minus(addonPricing.hourly(backup.priceVersionId())));
        var missing = reservations.hold(backup.walletId(), backup.id(), more, VolumeOrders.HELD_FOR);
        if (missing.isPresent()) {
            return new InsufficientFunds(missing.get());
        }
        sql.update(
                "update addon set pending_action = 'POLICY', pending_policy = ?, pending_price_id = ? where id = ?",
                policy,
                addonPricing.version(offer, 1),
                backup.id());
        var facts = Map.of("from", words(backup.policy()), "to", policy.word(), "service", backup.serviceId());
        entries.begin(backup, "change", facts);
        return new Done(backup.id());
    }

    static String words(Optional<Policy> policy) {
        return policy.map(Policy::word).orElse("usual");
    }

    /**
     * Switches backups off and loses the existing ones, including a snapshot that the provider keeps only together with them. The last hour of
     * each is charged. Refused while a deletion lock is set, and while the server is being restored from one of them, whose result must be checked afterwards.
     */
    public AddonOutcome switchOff(UUID serviceId) {
        var host = addonServers.lock(serviceId, Permission.VPS_DELETE);
        if (host.isLocked()) {
            return new Locked();
        }
        var known = current(serviceId);
        if (known.isEmpty() || known.get().state() != State.ACTIVE) {
            return new Busy();
        }
        var backup = records.lock(known.get().id());
        if (backup.state() != State.ACTIVE || rules.others(serviceId).isPutBack()) {
            return new Busy();
        }
        var now = clock.instant();
        var deleted = ends.withBackups(serviceId);
        reservations.release(backup.walletId(), backup.id());
        charging.end(backup.id(), backup.walletId(), now);
        for (var snapshot : deleted) {
            ends.end(snapshot, now, "the backups of its server were switched off");
            records.recordEvent(snapshot, "gone");
        }
        records.end(backup, State.TERMINATING, now);
        entries.begin(backup, "off_wanted", Map.of("service", serviceId));
        return new Done(backup.id());
    }

    /** Restores the server from a backup; everything written since is lost, so that a deletion lock prevents it. */
    public AddonOutcome restore(UUID serviceId, String copyId) {
        var host = addonServers.lock(serviceId, Permission.VPS_MANAGE);
        var known = current(serviceId);
        if (host.isSuspended()) {
            return new Suspended();
        }
        if (host.isLocked()) {
            return new Locked();
        }
        if (known.isEmpty() || !host.isUp()) {
            return new NotSupported();
        }
        var backup = records.lock(known.get().id());
        if (backup.state() != State.ACTIVE
                || backup.wanted().isPresent()
                || host.isChanging()
                || rules.others(serviceId).isPutBack()
                || rules.isRescued(serviceId)) {
            return new Busy();
        }
        var isThere = sql.first(
                        "select restore_point_id from addon_restore_point where addon_id = ? and restore_point_id = ? and ready",
                        row -> row.text("restore_point_id"),
                        backup.id(),
                        copyId)
                .isPresent();
        if (!isThere) {
            return new NotSupported();
        }
        sql.update(
                "update addon set pending_action = 'RESTORE', pending_restore_point = ? where id = ?",
                copyId,
                backup.id());
        entries.begin(backup, "restore", Map.of("service", serviceId, "copy", copyId));
        return new Done(backup.id());
    }

    /** Schedules reading the list of backups again as soon as possible. */
    public AddonOutcome refresh(UUID serviceId) {
        addonServers.read(serviceId, Permission.VPS_VIEW);
        var known = current(serviceId).filter(one -> one.state() == State.ACTIVE);
        if (known.isEmpty()) {
            return new NotSupported();
        }
        items.soon(
                BackupListHandler.KIND,
                BackupListHandler.keyOf(known.get().id()),
                known.get().id());
        return new Done(known.get().id());
    }

    private Optional<Addon> current(UUID serviceId) {
        return sql.first("""
                        select id from addon
                         where service_id = ? and kind = 'BACKUP' and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                        """, row -> row.uuid("id"), serviceId).map(records::read);
    }
}
