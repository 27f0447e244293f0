package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Charging;
import io.tenantry.identity.Permission;
import io.tenantry.options.OptionOutcome.Busy;
import io.tenantry.options.OptionOutcome.Done;
import io.tenantry.options.OptionOutcome.NoWallet;
import io.tenantry.options.OptionOutcome.NotOffered;
import io.tenantry.options.OptionOutcome.NotThere;
import io.tenantry.options.OptionOutcome.PriceChanged;
import io.tenantry.options.OptionOutcome.TooLittle;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.Backups;
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
 * What customers do with backups of a server: on, off, put one back. They cost from the second in which the vendor has switched them on to the
 * second in which they are to be switched off; on again is another option, from its first hour.
 */
@Stateless
public class BackupOrders {
    /** What backups are called in timelines. */
    private static final String NAME = "backups";

    private static final String ENTER = """
            insert into service_option (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                        upstream_region, ordered_at)
            values (?, ?, ?, ?, 'BACKUP', ?, 1, ?, ?, ?, ?)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    @Inject
    OptionRecords records;

    @Inject
    Hosts hosts;

    @Inject
    Terms terms;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    @Inject
    ServerEnds ends;

    @Inject
    SnapshotRules rules;

    /** For the container. */
    public BackupOrders() {}

    /** For use outside a container. */
    BackupOrders(
            Sql sql,
            Clock clock,
            AuditTrail audit,
            OptionRecords records,
            Hosts hosts,
            Terms terms,
            Holds holds,
            Charging charging,
            WorkItems items,
            ServerEnds ends) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
        this.records = records;
        this.hosts = hosts;
        this.terms = terms;
        this.holds = holds;
        this.charging = charging;
        this.items = items;
        this.ends = ends;
        this.rules = new SnapshotRules(sql);
    }

    /**
     * Switches them on; asked for twice, it is the same backups.
     *
     * @param seenPrice the price that was shown
     */
    public OptionOutcome switchOn(UUID serviceId, UUID seenPrice) {
        var host = hosts.lock(serviceId, Permission.VPS_CREATE);
        var known = current(serviceId);
        if (known.isPresent()) {
            return known.get().state() == State.TERMINATING
                    ? new Busy()
                    : new Done(known.get().id());
        }
        if (!host.isUp() || !hosts.can(host, Backups.class)) {
            return new NotThere();
        }
        var offer = terms.offer(OptionKind.BACKUP);
        if (offer.isEmpty()) {
            return new NotOffered();
        }
        if (!offer.get().priceId().equals(seenPrice)) {
            return new PriceChanged();
        }
        if (host.isParked() || !host.currency().equals(offer.get().unit().currency())) {
            return new NoWallet();
        }
        var id = Ids.next(clock);
        var amount = holds.atFirst(offer.get().hourly(1));
        var missing = holds.hold(host.walletId(), id, amount, VolumeOrders.HELD_FOR);
        if (missing.isPresent()) {
            return new TooLittle(missing.get());
        }
        sql.update(
                ENTER,
                id,
                serviceId,
                host.organizationId(),
                host.walletId(),
                NAME,
                terms.version(offer.get(), 1),
                host.account().orElseThrow(),
                host.upstreamRegion(),
                clock.instant());
        begin(records.read(id), "ordered", Map.of("service", serviceId));
        return new Done(id);
    }

    /**
     * Switches them off, and loses those that there are, with the snapshot that is kept beside them where the vendor keeps it so: the last hour
     * of each is charged.
     */
    public OptionOutcome switchOff(UUID serviceId) {
        hosts.lock(serviceId, Permission.VPS_DELETE);
        var known = current(serviceId);
        if (known.isEmpty() || known.get().state() != State.ACTIVE) {
            return new Busy();
        }
        var backup = records.lock(known.get().id());
        if (backup.state() != State.ACTIVE) {
            return new Busy();
        }
        var now = clock.instant();
        var beside = ends.withBackups(serviceId);
        charging.end(backup.id(), backup.walletId(), now);
        for (var snapshot : beside) {
            ends.end(snapshot, now, "the backups of its server were switched off");
            records.tell(snapshot, "gone");
        }
        records.end(backup, State.TERMINATING, now);
        begin(backup, "off_wanted", Map.of("service", serviceId));
        return new Done(backup.id());
    }

    /** Puts the server back to what it was in a backup; what was written since is lost. */
    public OptionOutcome restore(UUID serviceId, String copyId) {
        var host = hosts.lock(serviceId, Permission.VPS_MANAGE);
        var known = current(serviceId);
        if (known.isEmpty() || !host.isUp()) {
            return new NotThere();
        }
        var backup = records.lock(known.get().id());
        if (backup.state() != State.ACTIVE
                || host.isChanging()
                || rules.others(serviceId).isPutBack()) {
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
        begin(backup, "restore", Map.of("service", serviceId, "copy", copyId));
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

    private void begin(ServiceOption backup, String what, Map<String, ?> facts) {
        items.write(BackupWork.KIND, Ids.next(clock).toString(), backup.id());
        records.tell(backup, what);
        audit.record("backup." + what, "backup", backup.id().toString(), facts);
    }
}
