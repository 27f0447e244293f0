package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** The transactions of switching a server's backups on and off and of listing them, as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BackupTransactions {
    @Inject
    Sql sql;

    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lifecycle;

    @Inject
    WorkItems items;

    @Inject
    Clock clock;

    /** For the container. */
    public BackupTransactions() {}

    /** For use outside a container. */
    BackupTransactions(Sql sql, AddonRepository records, AddonLifecycle lifecycle, WorkItems items, Clock clock) {
        this.sql = sql;
        this.records = records;
        this.lifecycle = lifecycle;
        this.items = items;
        this.clock = clock;
    }

    /** Activates backups: they are charged from now on, the first hour immediately, and listed every hour. */
    public void activate(ClaimedWorkItem claimedWorkItem) {
        var backup = lifecycle.held(claimedWorkItem);
        if (backup.state() != State.ORDERED) {
            return;
        }
        lifecycle.activate(backup, backup.priceVersionId(), "on");
        items.soon(BackupListHandler.KIND, BackupListHandler.keyOf(backup.id()), backup.id());
    }

    /** Whether staff are having them switched on again, which is completed first. */
    public boolean isBeingSwitchedOn(ClaimedWorkItem claimedWorkItem) {
        return AddonDiscrepancyRepository.isBeingSwitchedOn(sql, claimedWorkItem.subject());
    }

    /** Records that they are off and that the existing backups are gone. */
    public void off(ClaimedWorkItem claimedWorkItem) {
        var backup = lifecycle.held(claimedWorkItem);
        if (backup.state() == State.TERMINATING) {
            records.end(backup, State.TERMINATED, clock.instant());
            records.recordEvent(backup, "off");
        }
    }

    /**
     * Records that the provider has no such server, so that nothing is copied; believed when it is reported again.
     *
     * @return whether nothing is left of them
     */
    public boolean missed(ClaimedWorkItem claimedWorkItem) {
        return lifecycle.missed(lifecycle.held(claimedWorkItem), "off");
    }

    /** Replaces the stored list by the one that the provider returned. */
    public void list(ClaimedWorkItem claimedWorkItem, List<Snapshot> copies) {
        var backup = lifecycle.held(claimedWorkItem);
        sql.update("delete from addon_restore_point where addon_id = ?", backup.id());
        if (backup.state() != State.ACTIVE) {
            return;
        }
        for (var copy : copies) {
            sql.update("""
                    insert into addon_restore_point (addon_id, restore_point_id, name, size_mib, ready, taken_at) values (?, ?, ?, ?, ?, ?)
                    on conflict do nothing
                    """, backup.id(), copy.id(), copy.name(), copy.sizeMib(), copy.ready(), copy.at());
        }
    }
}
