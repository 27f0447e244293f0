package io.tenantry.batch.charging;

import io.tenantry.batch.JobStarter;
import io.tenantry.charging.ChargingRequested;
import io.tenantry.charging.ChargingRuns;
import io.tenantry.charging.ClockSkewed;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Starts the job {@code hourly-charging} when something is due: two seconds after the hour, or within ten seconds after
 * a pause, for a run whose worker died, or for one that failed. It may fire twice or late, on one node or on all: nothing depends on it.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class HourlyChargingTimer {
    private static final System.Logger LOG = System.getLogger(HourlyChargingTimer.class.getName());

    @Inject
    JobStarter jobs;

    @Inject
    ChargingRuns runs;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "2/10", persistent = false, info = JobStarter.HOURLY_CHARGING)
    void tick() {
        if (!settings.chargingTimer() || !readiness.isReady()) {
            return;
        }
        try {
            runs.open(runs.reachedHour());
            if (runs.hasClaimable()) {
                jobs.startUnlessRunning(JobStarter.HOURLY_CHARGING);
            }
        } catch (ClockSkewed skewed) {
            LOG.log(System.Logger.Level.ERROR, skewed.getMessage());
        }
    }

    /** Somebody asked for charging now, such as an operator at the console. */
    public void requested(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChargingRequested event) {
        jobs.startUnlessRunning(JobStarter.HOURLY_CHARGING);
    }
}
