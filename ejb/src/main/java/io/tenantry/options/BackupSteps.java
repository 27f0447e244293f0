package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Rebuilt;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/** What is written down while a server's backups are switched on and off, put back and listed; as {@link VolumeSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BackupSteps {
    @Inject
    Sql sql;

    @Inject
    OptionRecords records;

    @Inject
    WorkItems items;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    Clock clock;

    private Consumer<Rebuilt> anew = event -> {};

    /** For the container. */
    public BackupSteps() {}

    /** For use outside a container. */
    BackupSteps(Sql sql, OptionRecords records, WorkItems items, Holds holds, Charging charging, Clock clock) {
        this.sql = sql;
        this.records = records;
        this.items = items;
        this.holds = holds;
        this.charging = charging;
        this.clock = clock;
    }

    @Inject
    void tell(Event<Rebuilt> event) {
        hear(event::fire);
    }

    /** Who is told of servers that are as they were in a backup. */
    void hear(Consumer<Rebuilt> hearer) {
        anew = hearer;
    }

    /** Whether something else is wanted by now, and the work for that sees to it. */
    public boolean isPast(Work work) {
        return items.isPast(work);
    }

    /** How they stand. */
    public ServiceOption read(UUID id) {
        return records.read(id);
    }

    /** The vendor is about to be asked. */
    public void announce(Work work) {
        records.ask(held(work));
    }

    /** The vendor says that it does it. */
    public void taken(Work work, Task task) {
        records.take(held(work), task.id());
    }

    /** The vendor surely did nothing. */
    public void refused(Work work) {
        records.forget(held(work));
    }

    /** The vendor may have done it or not. */
    public void unsure(Work work) {
        records.lose(held(work));
    }

    /** They are on: from now on they are charged, the first hour at once, and listed every hour. */
    public void activate(Work work) {
        var backup = held(work);
        if (backup.state() != State.ORDERED) {
            return;
        }
        var now = clock.instant();
        records.activate(backup, now);
        holds.take(backup.walletId(), backup.id());
        charging.activate(backup.id(), backup.walletId(), backup.priceVersionId(), now);
        records.tell(backup, "on");
        items.soon(BackupReading.KIND, BackupReading.keyOf(backup.id()), backup.id());
    }

    /**
     * They will not be on: what was held for them is free again. Only if that is certain, which it is not once an answer was lost.
     *
     * @return whether that is so for good
     */
    public boolean fail(Work work, Reason reason, String words) {
        var backup = held(work);
        if (backup.state() != State.ORDERED || backup.asked().isPresent() || backup.lost() > 0) {
            return false;
        }
        holds.release(backup.walletId(), backup.id());
        records.fail(backup, clock.instant(), words);
        records.tell(backup, "failed", reason.name().toLowerCase(Locale.ROOT));
        records.tellMembers(backup);
        return true;
    }

    /** They are off, and what there was of them is gone. */
    public void off(Work work) {
        var backup = held(work);
        if (backup.state() == State.TERMINATING) {
            records.end(backup, State.TERMINATED, clock.instant());
            records.tell(backup, "off");
        }
    }

    /**
     * The server is as it was in the backup, as the vendor says: it may show the key that it had then. Or nobody can tell, because an answer
     * was lost.
     */
    public void restored(Work work, boolean isCertain) {
        items.hold(work);
        var backup = records.lockWithServer(work.subject());
        if (backup.wants(Wanted.RESTORE)) {
            records.settle(backup);
            records.tell(backup, isCertain ? "restored" : "unsure");
            anew.accept(new Rebuilt(backup.serviceId()));
        }
    }

    /** The server stays as it is, or as the vendor left it. */
    public void giveUp(Work work, Reason reason) {
        var backup = held(work);
        if (backup.wants(Wanted.RESTORE)) {
            records.settle(backup);
            records.tell(backup, "refused", reason.name().toLowerCase(Locale.ROOT));
        }
    }

    /** What the vendor lists takes the place of what it listed before. */
    public void list(Work work, List<Snapshot> copies) {
        var backup = held(work);
        sql.update("delete from option_copy where option_id = ?", backup.id());
        if (backup.state() != State.ACTIVE) {
            return;
        }
        for (var copy : copies) {
            sql.update("""
                    insert into option_copy (option_id, copy_id, name, size_mib, ready, taken_at) values (?, ?, ?, ?, ?, ?)
                    on conflict do nothing
                    """, backup.id(), copy.id(), copy.name(), copy.sizeMib(), copy.ready(), copy.at());
        }
    }

    private ServiceOption held(Work work) {
        items.hold(work);
        return records.lock(work.subject());
    }
}
