package io.tenantry.batch.settlement;

import io.tenantry.batch.JobStarter;
import io.tenantry.settlement.SettlementRequested;
import io.tenantry.settlement.SettlementWorker;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * A timer that starts the job {@code settlement} when something is due: a month that has ended and whose window is over, a run whose worker
 * died, one that failed, or one that waited. It may fire twice or late, on one node or on all, without any effect on correctness.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class SettlementTimer {
    @Inject
    JobStarter jobs;

    @Inject
    SettlementWorker worker;

    @Schedule(hour = "*", minute = "*", second = "45", persistent = false, info = JobStarter.SETTLEMENT)
    void tick() {
        jobs.startIfDue(JobStarter.SETTLEMENT, this::isDue);
    }

    private boolean isDue() {
        var unused = worker.open();
        return worker.isDue();
    }

    /** Handles a request for immediate settlement, such as an operator's. */
    public void requested(@Observes(during = TransactionPhase.AFTER_SUCCESS) SettlementRequested event) {
        jobs.startUnlessRunning(JobStarter.SETTLEMENT);
    }
}
