package io.tenantry.storm;

import io.tenantry.charging.HourlyRuns;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.WorkQueue;
import io.tenantry.work.WorkTaken;
import io.tenantry.work.Worker;
import io.tenantry.work.Workforce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One of the nodes: claims what waits, does it, and charges. */
final class Node {
    /** What no worker may throw: it is told here, and counts for the worker as an attempt in vain. */
    final List<String> blunders = new ArrayList<>();

    private final Tally tally;
    private final Workforce workforce;
    private final HourlyRuns runs;

    Node(String name, Beans beans, Transactions transactions, Moments moments, Tally tally) {
        this.tally = tally;
        var queue = new Queue(beans.sql, beans.tenants, Beans.settings(name), transactions, moments);
        var watched = new ArrayList<Worker>();
        beans.workers().forEach(worker -> watched.add(new Watched(worker)));
        workforce = new Workforce(
                queue, watched, parked -> tally.count("parked", parked.work().kind()));
        runs = beans.runs(name);
    }

    /** Does so many items at most. */
    int work(int items) {
        var left = new int[] {items};
        return workforce.work(() -> left[0]-- > 0);
    }

    /** Charges all hours that have begun. */
    void charge(Instant until) {
        runs.charge(until, parked -> {
            if (!parked.error().contains("cut by the storm")) {
                blunders.add("charging was parked: " + parked.error());
            }
            tally.count("parked", "charging");
        });
    }

    /** Tells of what should never be thrown. */
    private final class Watched implements Worker {
        private final Worker worker;

        Watched(Worker worker) {
            this.worker = worker;
        }

        @Override
        public String kind() {
            return worker.kind();
        }

        @Override
        public Outcome work(Work work) {
            try {
                var outcome = worker.work(work);
                tally.count("turn " + kind(), outcome.getClass().getSimpleName());
                return outcome;
            } catch (WorkTaken taken) {
                tally.count("turn " + kind(), "refused by the fence");
                throw taken;
            } catch (RuntimeException failure) {
                if (Moments.isOfACut(failure)) {
                    tally.count("turn " + kind(), "its line was cut");
                } else {
                    blunders.add(kind() + " of " + work.key() + " threw " + failure);
                }
                throw failure;
            }
        }
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class Queue extends WorkQueue {
        private final Boundary boundary;
        private final Moments moments;

        Queue(Sql sql, TenantDirectory tenants, Settings settings, Boundary boundary, Moments moments) {
            super(sql, tenants, settings);
            this.boundary = boundary;
            this.moments = moments;
        }

        @Override
        public Optional<Work> claim(Collection<String> kinds) {
            moments.takenUp();
            return boundary.in("work claim", () -> super.claim(kinds));
        }

        @Override
        public boolean done(Work work) {
            return boundary.in("work done", () -> super.done(work));
        }

        @Override
        public boolean later(Work work, Duration pause) {
            return boundary.in("work later", () -> super.later(work, pause));
        }

        @Override
        public boolean inVain(Work work, String error, Duration pauseMin) {
            return boundary.in("work in vain", () -> super.inVain(work, error, pauseMin));
        }

        @Override
        public boolean park(Work work, String why) {
            return boundary.in("work park", () -> super.park(work, why));
        }
    }
}
