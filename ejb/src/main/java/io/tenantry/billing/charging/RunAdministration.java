package io.tenantry.billing.charging;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Administration of charging runs by operators. */
@Stateless
public class RunAdministration {
    /** Maximum number of runs retried together. */
    public static final int TOGETHER_MAX = 100;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    ChargingRuns runs;

    @Inject
    RunQuery runQuery;

    @Inject
    RunList list;

    @Inject
    Event<ChargingRequested> requested;

    /** Returns runs, latest hour first. */
    public List<RunQuery.RunSummary> list(RunQuery.Filter filter) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return runQuery.list(filter);
    }

    /** Returns a page of the runs, see {@link RunList#find}. */
    public ResultPage<RunQuery.RunSummary> find(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.find(listQuery);
    }

    /** Returns a page of rows without their total, see {@link RunList#rows}. */
    public List<RunQuery.RunSummary> rows(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.rows(listQuery);
    }

    /** Returns the number of runs that {@link #list} finds, counted up to a thousand. */
    public int count(RunQuery.Filter filter) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return runQuery.count(filter);
    }

    /** Starts charging everything due now, on an operator's request. */
    public void chargeNow() {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        audit.record("charging.requested", "platform", "charging", Map.of());
        requested.fire(new ChargingRequested());
    }

    /**
     * Retries a failed run immediately.
     *
     * @return false if it has not failed; then nothing is done or recorded
     * @throws NotFoundException if there is no such run
     */
    public boolean retry(long runId) {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        if (!list.contains(runId)) {
            throw new NotFoundException("charging run", runId);
        }
        return retryAll(List.of(runId)) == 1;
    }

    /**
     * Retries the failed ones among the runs immediately.
     *
     * @return their number
     */
    public int retryAll(Collection<Long> runIds) {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        if (runIds.size() > TOGETHER_MAX) {
            throw new IllegalArgumentException("more than " + TOGETHER_MAX + " at once: " + runIds.size());
        }
        var retried = 0;
        for (var id : new TreeSet<>(runIds)) {
            if (runs.retry(id) > 0) {
                audit.record("charging.retried", "charging_run", String.valueOf(id), Map.of());
                retried++;
            }
        }
        if (retried > 0) {
            requested.fire(new ChargingRequested());
        }
        return retried;
    }
}
