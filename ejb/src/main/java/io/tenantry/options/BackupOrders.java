package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.identity.Permission;
import io.tenantry.options.Hosts.Host;
import io.tenantry.options.OptionEntries.Entry;
import io.tenantry.options.OptionOutcome.Busy;
import io.tenantry.options.OptionOutcome.Done;
import io.tenantry.options.OptionOutcome.NotThere;
import io.tenantry.options.OptionOutcome.Suspended;
import io.tenantry.options.OptionOutcome.TooLittle;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.wallet.Holds;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What customers do with backups of a server: on, as often as they choose, otherwise, off, put one back. They cost from the second in which the
 * vendor has switched them on to the second in which they are to be switched off; on again is another option, from its first hour. Another policy
 * is another price from the second in which the vendor has it so.
 */
@Stateless
public class BackupOrders {
    /** What backups are called in timelines. */
    static final String NAME = "backups";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    OptionRecords records;

    @Inject
    Hosts hosts;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    @Inject
    OptionEntries entries;

    @Inject
    ServerEnds ends;

    @Inject
    SnapshotRules rules;

    @Inject
    Terms terms;

    @Inject
    Holds holds;

    /** For the container. */
    public BackupOrders() {}

    /** For use outside a container. */
    BackupOrders(
            Sql sql,
            Clock clock,
            OptionRecords records,
            Hosts hosts,
            Charging charging,
            WorkItems items,
            OptionEntries entries,
            ServerEnds ends,
            SnapshotRules rules,
            Terms terms,
            Holds holds) {
        this.sql = sql;
        this.clock = clock;
        this.records = records;
        this.hosts = hosts;
        this.charging = charging;
        this.items = items;
        this.entries = entries;
        this.ends = ends;
        this.rules = rules;
        this.terms = terms;
        this.holds = holds;
    }

    /**
     * Switches them on; asked for twice, it is the same backups.
     *
     * @param policy how often; empty where the vendor lets nobody choose
     * @param seenPrice the price of that which was shown
     */
    public OptionOutcome switchOn(UUID serviceId, Optional<Policy> policy, UUID seenPrice) {
        var host = hosts.lock(serviceId, Permission.VPS_CREATE);
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
            return new NotThere();
        }
        if (OptionFindingRecords.isBeingTakenAway(sql, serviceId, OptionKind.BACKUP)) {
            return new Busy();
        }
        return entries.atPrice(policy, seenPrice, host, offer -> enter(host, policy, offer));
    }

    private boolean isChoice(Host host, Optional<Policy> policy) {
        return hosts.policies(host).stream().anyMatch(one -> one.policy().equals(policy));
    }

    private OptionOutcome enter(Host host, Optional<Policy> policy, Terms.Offer offer) {
        var entry =
                new Entry(Ids.next(clock), OptionKind.BACKUP, NAME, 1, Optional.empty(), policy, VolumeOrders.HELD_FOR);
        return entries.enter(host, offer, entry, Map.of("service", host.id(), "policy", words(policy)));
    }

    /**
     * Has them taken as often as another policy says, at the price of now: what that costs more is held until the vendor does it.
     *
     * @param seenPrice the price of that which was shown
     */
    public OptionOutcome change(UUID serviceId, Policy policy, UUID seenPrice) {
        var host = hosts.lock(serviceId, Permission.VPS_MANAGE);
        var known = current(serviceId);
        if (host.isSuspended()) {
            return new Suspended();
        }
        if (known.isEmpty() || !host.isUp() || !isChoice(host, Optional.of(policy))) {
            return new NotThere();
        }
        var backup = records.lock(known.get().id());
        if (backup.wants(Wanted.POLICY) ? backup.wantedPolicy().equals(Optional.of(policy)) : isSo(backup, policy)) {
            return new Done(backup.id());
        }
        var others = rules.others(serviceId);
        if (backup.state() != State.ACTIVE || backup.wanted().isPresent() || others.isPutBack() || others.isMoving()) {
            return new Busy();
        }
        return entries.atPrice(Optional.of(policy), seenPrice, host, offer -> turn(backup, policy, offer));
    }

    private static boolean isSo(ServiceOption backup, Policy policy) {
        return backup.state() == State.ACTIVE
                && backup.wanted().isEmpty()
                && backup.policy().equals(Optional.of(policy));
    }

    private OptionOutcome turn(ServiceOption backup, Policy policy, Terms.Offer offer) {
        var more = holds.atFirst(offer.hourly(1).minus(terms.hourly(backup.priceVersionId())));
        var missing = holds.hold(backup.walletId(), backup.id(), more, VolumeOrders.HELD_FOR);
        if (missing.isPresent()) {
            return new TooLittle(missing.get());
        }
        sql.update(
                "update service_option set wanted = 'POLICY', wanted_policy = ?, wanted_price_id = ? where id = ?",
                policy,
                terms.version(offer, 1),
                backup.id());
        var facts = Map.of("from", words(backup.policy()), "to", policy.word(), "service", backup.serviceId());
        entries.begin(backup, "change", facts);
        return new Done(backup.id());
    }

    static String words(Optional<Policy> policy) {
        return policy.map(Policy::word).orElse("usual");
    }

    /**
     * Switches them off, and loses those that there are, with the snapshot that is kept beside them where the vendor keeps it so: the last hour
     * of each is charged. Not while the server is put back to one: what is attached to it has to be looked at afterwards.
     */
    public OptionOutcome switchOff(UUID serviceId) {
        hosts.lock(serviceId, Permission.VPS_DELETE);
        var known = current(serviceId);
        if (known.isEmpty() || known.get().state() != State.ACTIVE) {
            return new Busy();
        }
        var backup = records.lock(known.get().id());
        if (backup.state() != State.ACTIVE || rules.others(serviceId).isPutBack()) {
            return new Busy();
        }
        var now = clock.instant();
        var beside = ends.withBackups(serviceId);
        holds.release(backup.walletId(), backup.id());
        charging.end(backup.id(), backup.walletId(), now);
        for (var snapshot : beside) {
            ends.end(snapshot, now, "the backups of its server were switched off");
            records.tell(snapshot, "gone");
        }
        records.end(backup, State.TERMINATING, now);
        entries.begin(backup, "off_wanted", Map.of("service", serviceId));
        return new Done(backup.id());
    }

    /** Puts the server back to what it was in a backup; what was written since is lost. */
    public OptionOutcome restore(UUID serviceId, String copyId) {
        var host = hosts.lock(serviceId, Permission.VPS_MANAGE);
        var known = current(serviceId);
        if (host.isSuspended()) {
            return new Suspended();
        }
        if (known.isEmpty() || !host.isUp()) {
            return new NotThere();
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
                        "select copy_id from option_copy where option_id = ? and copy_id = ? and ready",
                        row -> row.text("copy_id"),
                        backup.id(),
                        copyId)
                .isPresent();
        if (!isThere) {
            return new NotThere();
        }
        sql.update("update service_option set wanted = 'RESTORE', wanted_copy = ? where id = ?", copyId, backup.id());
        entries.begin(backup, "restore", Map.of("service", serviceId, "copy", copyId));
        return new Done(backup.id());
    }

    /** Has the list of backups read again as soon as may be. */
    public OptionOutcome lookAgain(UUID serviceId) {
        hosts.read(serviceId, Permission.VPS_VIEW);
        var known = current(serviceId).filter(one -> one.state() == State.ACTIVE);
        if (known.isEmpty()) {
            return new NotThere();
        }
        items.soon(
                BackupReading.KIND,
                BackupReading.keyOf(known.get().id()),
                known.get().id());
        return new Done(known.get().id());
    }

    private Optional<ServiceOption> current(UUID serviceId) {
        return sql.first("""
                        select id from service_option
                         where service_id = ? and kind = 'BACKUP' and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                        """, row -> row.uuid("id"), serviceId).map(records::read);
    }
}
