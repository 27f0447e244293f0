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

/** What operators see and do of charging. */
@Stateless
public class RunAdministration {
    /** So many runs are tried again at once. */
    public static final int TOGETHER_MAX = 100;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    ChargingRuns runs;

    @Inject
    RunList list;

    @Inject
    Event<ChargingRequested> requested;

    /** Runs, the latest hour first. */
    public List<ChargingRuns.RunSummary> list(ChargingRuns.Filter filter) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return runs.list(filter);
    }

    /** A part of the runs, as {@link RunList#find}. */
    public ResultPage<ChargingRuns.RunSummary> find(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.find(listQuery);
    }

    /** The rows alone, as {@link RunList#rows}. */
    public List<ChargingRuns.RunSummary> rows(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.rows(listQuery);
    }

    /** How many runs {@link #list} finds, counted up to a thousand. */
    public int count(ChargingRuns.Filter filter) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return runs.count(filter);
    }

    /** Charges now whatever is due, by hand. */
    public void chargeNow() {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        audit.record("charging.requested", "platform", "charging", Map.of());
        requested.fire(new ChargingRequested());
    }

    /**
     * Tries a failed run again at once.
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
     * Tries those of the runs again at once that failed.
     *
     * @return how many these are
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
