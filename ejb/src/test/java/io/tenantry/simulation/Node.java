package io.tenantry.simulation;

import io.tenantry.billing.charging.HourlyRuns;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItemLostException;
import io.tenantry.workqueue.WorkOutcome;
import io.tenantry.workqueue.WorkQueue;
import io.tenantry.workqueue.WorkerPool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One of the nodes: claims pending work, does it, and charges. */
final class Node {
    /** Exceptions that no worker may throw: they are recorded here, and count as a failed attempt for the worker. */
    final List<String> errors = new ArrayList<>();

    private final EventCounts eventCounts;
    private final WorkerPool workerPool;
    private final HourlyRuns runs;

    Node(String name, Beans beans, Transactions transactions, Moments moments, EventCounts eventCounts) {
        this.eventCounts = eventCounts;
        var queue = new Queue(beans.sql, beans.tenants, Beans.settings(name), transactions, moments);
        var watched = new ArrayList<WorkHandler>();
        beans.workers().forEach(workHandler -> watched.add(new Watched(workHandler)));
        workerPool = new WorkerPool(
                queue,
                watched,
                parked -> eventCounts.count("parked", parked.claimedWorkItem().kind()));
        runs = beans.runs(name);
    }

    /** Processes at most this number of items. */
    int work(int items) {
        var left = new int[] {items};
        return workerPool.work(() -> left[0]-- > 0);
    }

    /** Charges all started hours. */
    void charge(Instant until) {
        runs.charge(until, parked -> {
            if (!parked.error().contains("cut by the storm")) {
                errors.add("charging was parked: " + parked.error());
            }
            eventCounts.count("parked", "charging");
        });
    }

    /** Records exceptions that should never be thrown. */
    private final class Watched implements WorkHandler {
        private final WorkHandler workHandler;

        Watched(WorkHandler workHandler) {
            this.workHandler = workHandler;
        }

        @Override
        public String kind() {
            return workHandler.kind();
        }

        @Override
        public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
            try {
                var workOutcome = workHandler.work(claimedWorkItem);
                eventCounts.count("turn " + kind(), workOutcome.getClass().getSimpleName());
                return workOutcome;
            } catch (WorkItemLostException taken) {
                eventCounts.count("turn " + kind(), "refused by the fence");
                throw taken;
            } catch (RuntimeException failure) {
                if (Moments.isCausedByCut(failure)) {
                    eventCounts.count("turn " + kind(), "its line was cut");
                } else {
                    errors.add(kind() + " of " + claimedWorkItem.key() + " threw " + failure);
                }
                throw failure;
            }
        }
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class Queue extends WorkQueue {
        private final Boundary boundary;
        private final Moments moments;

        Queue(Sql sql, TenantDirectory tenants, Settings settings, Boundary boundary, Moments moments) {
            super(sql, tenants, settings);
            this.boundary = boundary;
            this.moments = moments;
        }

        @Override
        public Optional<ClaimedWorkItem> claim(Collection<String> kinds) {
            moments.itemTaken();
            return boundary.in("work claim", () -> super.claim(kinds));
        }

        @Override
        public boolean done(ClaimedWorkItem claimedWorkItem) {
            return boundary.in("work done", () -> super.done(claimedWorkItem));
        }

        @Override
        public boolean later(ClaimedWorkItem claimedWorkItem, Duration pause) {
            return boundary.in("work later", () -> super.later(claimedWorkItem, pause));
        }

        @Override
        public boolean failed(ClaimedWorkItem claimedWorkItem, String error, Duration pauseMin) {
            return boundary.in("failed work", () -> super.failed(claimedWorkItem, error, pauseMin));
        }

        @Override
        public boolean park(ClaimedWorkItem claimedWorkItem, String why) {
            return boundary.in("work park", () -> super.park(claimedWorkItem, why));
        }
    }
}
