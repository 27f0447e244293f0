package io.tenantry.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a history; for a failing one, finds its shortest failing prefix and the acts sufficient for the failure. */
final class Storm {
    /** Time limit for reducing a failing history to its core. */
    private static final Duration REDUCED_ATMOST =
            Duration.ofSeconds(Integer.getInteger("tenantry.orders.reduce-seconds", 600));

    private final SimulationTenants simulationTenants;

    Storm(SimulationTenants simulationTenants) {
        this.simulationTenants = simulationTenants;
    }

    /**
     * The results.
     *
     * @param passed simulated time that passed
     */
    record Outcome(EventCounts eventCounts, Duration passed) {}

    /** Runs a whole history; a failure is reported with the shortest failing one. */
    Outcome of(History history) {
        try {
            return run(history.acts());
        } catch (SimulationFailure simulationFailure) {
            var until = System.nanoTime() + REDUCED_ATMOST.toNanos();
            var failing = beginning(history.acts().subList(0, simulationFailure.acts), until);
            var core = core(failing, until);
            throw simulationFailure.withHistory(history, core);
        }
    }

    private Outcome run(List<SimulationAction> acts) {
        try (var simulatedWorld = simulationTenants.world()) {
            acts.forEach(simulatedWorld::performAndCheck);
            return new Outcome(
                    simulatedWorld.outcome(), Duration.between(SimulatedWorld.BEGIN, simulatedWorld.clock.instant()));
        }
    }

    private Optional<SimulationFailure> failure(List<SimulationAction> acts) {
        try {
            var unused = run(acts);
            return Optional.empty();
        } catch (SimulationFailure simulationFailure) {
            return Optional.of(simulationFailure);
        }
    }

    /**
     * The witness checks only when all is quiet: each prefix of the history is therefore followed by a quiet phase, and halved as long as it
     * fails.
     */
    private List<SimulationAction> beginning(List<SimulationAction> failing, long until) {
        var quiet = new SimulationAction.Quiet(0);
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

    /** Removes everything possible, in ever smaller pieces. */
    private List<SimulationAction> core(List<SimulationAction> failing, long until) {
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
