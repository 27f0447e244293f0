package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** What is written down while a server's backups are switched on and off, and listed; as {@link OptionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BackupSteps {
    @Inject
    Sql sql;

    @Inject
    OptionRecords records;

    @Inject
    OptionLives lives;

    @Inject
    WorkItems items;

    @Inject
    Clock clock;

    /** For the container. */
    public BackupSteps() {}

    /** For use outside a container. */
    BackupSteps(Sql sql, OptionRecords records, OptionLives lives, WorkItems items, Clock clock) {
        this.sql = sql;
        this.records = records;
        this.lives = lives;
        this.items = items;
        this.clock = clock;
    }

    /** They are on: from now on they are charged, the first hour at once, and listed every hour. */
    public void activate(Work work) {
        var backup = lives.held(work);
        if (backup.state() != State.ORDERED) {
            return;
        }
        lives.activate(backup, backup.priceVersionId(), "on");
        items.soon(BackupReading.KIND, BackupReading.keyOf(backup.id()), backup.id());
    }

    /** Whether staff are having them switched on again at this time, which comes to its end first. */
    public boolean isBeingSwitchedOn(Work work) {
        return OptionFindingRecords.isBeingSwitchedOn(sql, work.subject());
    }

    /** They are off, and what there was of them is gone. */
    public void off(Work work) {
        var backup = lives.held(work);
        if (backup.state() == State.TERMINATING) {
            records.end(backup, State.TERMINATED, clock.instant());
            records.tell(backup, "off");
        }
    }

    /**
     * The vendor has no such server, so that nothing is copied, which is believed when it says so again.
     *
     * @return whether nothing is left of them
     */
    public boolean missed(Work work) {
        return lives.missed(lives.held(work), "off");
    }

    /** What the vendor lists takes the place of what it listed before. */
    public void list(Work work, List<Snapshot> copies) {
        var backup = lives.held(work);
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
}
