package io.tenantry.simulation;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A wrong result. States the seed, the length of the shortest failing prefix of the history, and its core. */
final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;
    private static final int LINES = 80;

    /** Number of acts up to and including the one after which an error was found. */
    final int acts;

    final String what;

    SimulationFailure(int acts, String what, @Nullable Throwable cause) {
        super(what, cause);
        this.acts = acts;
        this.what = what;
    }

    /** Returns the same error with the details needed to understand and reproduce it. */
    SimulationFailure withHistory(History history, List<SimulationAction> core) {
        var lines = core.stream()
                .limit(LINES)
                .map(simulationAction -> "  " + simulationAction)
                .collect(Collectors.joining("\n"));
        return new SimulationFailure(
                acts,
                "seed " + history.seed() + ": " + what + "\nAfter " + acts + " of "
                        + history.acts().size() + " acts; of these, " + core.size() + " are enough to fail:\n" + lines
                        + "\nRepeat: mvn test -pl ejb -am -Dtest=StormTest -Dsurefire.failIfNoSpecifiedTests=false -Dtenantry.orders="
                        + history.orders() + " -Dtenantry.orders.seed=" + history.seed(),
                this);
    }
}
