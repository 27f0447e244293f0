package io.tenantry.batch.charging;

import io.tenantry.batch.JobStarter;
import io.tenantry.billing.charging.ChargingRequested;
import io.tenantry.billing.charging.ChargingRuns;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * A timer that starts the job {@code hourly-charging} when something is due: two seconds after the hour, or within ten seconds after a pause,
 * for a run whose worker died, or for one that failed. It may fire twice or late, on one node or on all, without any effect on correctness.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class HourlyChargingTimer {
    @Inject
    JobStarter jobs;

    @Inject
    ChargingRuns runs;

    @Schedule(hour = "*", minute = "*", second = "2/10", persistent = false, info = JobStarter.HOURLY_CHARGING)
    void tick() {
        jobs.startIfDue(JobStarter.HOURLY_CHARGING, this::isDue);
    }

    private boolean isDue() {
        var unused = runs.open(runs.reachedHour());
        return runs.hasClaimable();
    }

    /** Handles a request for immediate charging, such as an operator's. */
    public void requested(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChargingRequested event) {
        jobs.startUnlessRunning(JobStarter.HOURLY_CHARGING);
    }
}
