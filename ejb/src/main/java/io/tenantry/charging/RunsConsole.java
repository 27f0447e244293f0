package io.tenantry.charging;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;

/** What operators see and do of charging. */
@Stateless
public class RunsConsole {
    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    ChargingRuns runs;

    @Inject
    Event<ChargingRequested> requested;

    /** Runs, the latest hour first. */
    public List<ChargingRuns.View> list(ChargingRuns.Filter filter) {
        access.require(Permission.PLATFORM_RUNS_VIEW);
        return runs.list(filter);
    }

    /** How many runs {@link #list} finds, counted up to a thousand. */
    public int count(ChargingRuns.Filter filter) {
        access.require(Permission.PLATFORM_RUNS_VIEW);
        return runs.count(filter);
    }

    /** Charges now whatever is due, by hand. */
    public void chargeNow() {
        access.require(Permission.PLATFORM_RUNS_MANAGE);
        audit.record("charging.requested", "platform", "charging", java.util.Map.of());
        requested.fire(new ChargingRequested());
    }

    /** Tries a failed run again at once. */
    public void retry(long runId) {
        access.require(Permission.PLATFORM_RUNS_MANAGE);
        runs.retry(runId);
        audit.record("charging.retried", "charging_run", String.valueOf(runId), java.util.Map.of());
        requested.fire(new ChargingRequested());
    }
}
