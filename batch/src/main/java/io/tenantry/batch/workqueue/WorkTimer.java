package io.tenantry.batch.workqueue;

import io.tenantry.health.Readiness;
import io.tenantry.workqueue.WorkQueue;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * A timer that calls this node's workers every five seconds for work items that became due. For an item that is due at once, the transaction that
 * queued it calls them ({@link WorkerThreads#queued}).
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkTimer {
    @Inject
    WorkerThreads crew;

    @Inject
    WorkQueue queue;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "1/5", persistent = false, info = "work items")
    void tick() {
        crew.callIfReady();
    }

    @Schedule(hour = "4", minute = "37", persistent = false, info = "retention of work items")
    void prune() {
        if (readiness.isReady()) {
            queue.prune();
        }
    }
}
