package io.tenantry.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a history happen, and finds the shortest beginning of one that fails and the acts of it that are enough. */
final class Storm {
    /** To find the core takes as many histories as there is time for. */
    private static final Duration REDUCED_ATMOST =
            Duration.ofSeconds(Integer.getInteger("tenantry.orders.reduce-seconds", 600));

    private final SimulationTenants simulationTenants;

    Storm(SimulationTenants simulationTenants) {
        this.simulationTenants = simulationTenants;
    }

    /**
     * What came out.
     *
     * @param passed how much time went by for those who lived through it
     */
    record Outcome(EventCounts eventCounts, Duration passed) {}

    /** A whole history; what fails is told with the shortest one that fails. */
    Outcome of(History history) {
        try {
            return live(history.acts());
        } catch (Wrong wrong) {
            var until = System.nanoTime() + REDUCED_ATMOST.toNanos();
            var failing = beginning(history.acts().subList(0, wrong.acts), until);
            var core = core(failing, until);
            throw wrong.told(history, core);
        }
    }

    private Outcome live(List<Act> acts) {
        try (var simulatedWorld = simulationTenants.world()) {
            acts.forEach(simulatedWorld::live);
            return new Outcome(
                    simulatedWorld.outcome(), Duration.between(SimulatedWorld.BEGIN, simulatedWorld.clock.instant()));
        }
    }

    private Optional<Wrong> failure(List<Act> acts) {
        try {
            var unused = live(acts);
            return Optional.empty();
        } catch (Wrong wrong) {
            return Optional.of(wrong);
        }
    }

    /** The witness speaks only when all is quiet: so the beginning of a history is followed by that, and halved as long as it fails. */
    private List<Act> beginning(List<Act> failing, long until) {
        var quiet = new Act.Quiet(0);
        var shortest = failing;
        var fine = 0;
        while (shortest.size() - fine > 2 && System.nanoTime() < until) {
            var half = (fine + shortest.size()) / 2;
            var tried = new ArrayList<>(failing.subList(0, half));
            tried.add(quiet);
            var wrong = failure(tried);
            if (wrong.isPresent()) {
                shortest = List.copyOf(tried.subList(0, wrong.get().acts));
            } else {
                fine = half;
            }
        }
        return shortest;
    }

    /** Leaves out whatever can be left out, in ever smaller pieces. */
    private List<Act> core(List<Act> failing, long until) {
        var core = failing;
        for (var piece = core.size() / 2; piece > 0; piece /= 2) {
            for (var from = core.size() - 1 - piece; from >= 0 && System.nanoTime() < until; from -= piece) {
                var rest = new ArrayList<>(core.subList(0, from));
                rest.addAll(core.subList(Math.min(core.size(), from + piece), core.size()));
                var wrong = failure(rest);
                if (wrong.isPresent()) {
                    core = List.copyOf(rest.subList(0, wrong.get().acts));
                    from = Math.min(from, core.size());
                }
            }
        }
        return core;
    }
}
