package io.tenantry.batch.workqueue;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.workqueue.WorkItemQueued;
import io.tenantry.workqueue.WorkQueue;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * A timer that calls this node's workers every five seconds for work items that became due, and immediately after one was queued: requests that
 * queue one do not wait while old ones are deleted.
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
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "1/5", persistent = false, info = "work items")
    void tick() {
        if (settings.work().timer() && readiness.isReady()) {
            crew.call();
        }
    }

    /** Calls the workers after a transaction that queued a work item has committed. */
    public void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorkItemQueued event) {
        tick();
    }

    @Schedule(hour = "4", minute = "37", persistent = false, info = "retention of work items")
    void prune() {
        if (readiness.isReady()) {
            queue.prune();
        }
    }
}
