package io.tenantry.batch.settlement;

import io.tenantry.batch.JobStarter;
import io.tenantry.charging.ClockSkewed;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
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
 * Starts the job {@code settlement} when something is due: a month that has ended and whose window is over, a run whose worker died, one
 * that failed, or one that waited. It may fire twice or late, on one node or on all: nothing depends on it.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class SettlementTimer {
    private static final System.Logger LOG = System.getLogger(SettlementTimer.class.getName());

    @Inject
    JobStarter jobs;

    @Inject
    SettlementWorker worker;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "45", persistent = false, info = JobStarter.SETTLEMENT)
    void tick() {
        if (!settings.chargingTimer() || !readiness.isReady()) {
            return;
        }
        try {
            var unused = worker.open();
            if (worker.isDue()) {
                jobs.startUnlessRunning(JobStarter.SETTLEMENT);
            }
        } catch (ClockSkewed skewed) {
            LOG.log(System.Logger.Level.ERROR, skewed.getMessage());
        }
    }

    /** Somebody asked for settlements now, such as an operator at the console. */
    public void requested(@Observes(during = TransactionPhase.AFTER_SUCCESS) SettlementRequested event) {
        jobs.startUnlessRunning(JobStarter.SETTLEMENT);
    }
}
