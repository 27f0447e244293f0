package io.tenantry.charging;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Found;
import io.tenantry.listing.Wish;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What operators see and do of charging. */
@Stateless
public class RunsConsole {
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
    public List<ChargingRuns.View> list(ChargingRuns.Filter filter) {
        access.require(Permission.PLATFORM_RUNS_VIEW);
        return runs.list(filter);
    }

    /** A part of the runs, as {@link RunList#find}. */
    public Found<ChargingRuns.View> find(Wish wish) {
        access.require(Permission.PLATFORM_RUNS_VIEW);
        return list.find(wish);
    }

    /** The rows alone, as {@link RunList#rows}. */
    public List<ChargingRuns.View> rows(Wish wish) {
        access.require(Permission.PLATFORM_RUNS_VIEW);
        return list.rows(wish);
    }

    /** How many runs {@link #list} finds, counted up to a thousand. */
    public int count(ChargingRuns.Filter filter) {
        access.require(Permission.PLATFORM_RUNS_VIEW);
        return runs.count(filter);
    }

    /** Charges now whatever is due, by hand. */
    public void chargeNow() {
        access.require(Permission.PLATFORM_RUNS_MANAGE);
        audit.record("charging.requested", "platform", "charging", Map.of());
        requested.fire(new ChargingRequested());
    }

    /**
     * Tries a failed run again at once.
     *
     * @return false if it has not failed; then nothing is done or recorded
     * @throws NotVisible if there is no such run
     */
    public boolean retry(long runId) {
        access.require(Permission.PLATFORM_RUNS_MANAGE);
        if (!list.contains(runId)) {
            throw new NotVisible("charging run", runId);
        }
        return retryAll(List.of(runId)) == 1;
    }

    /**
     * Tries those of the runs again at once that failed.
     *
     * @return how many these are
     */
    public int retryAll(Collection<Long> runIds) {
        access.require(Permission.PLATFORM_RUNS_MANAGE);
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
