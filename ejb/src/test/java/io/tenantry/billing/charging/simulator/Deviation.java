package io.tenantry.billing.charging.simulator;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A charge that differs from the amount due. States the seed, the length of the shortest failing prefix of the history, and its core. */
final class Deviation extends AssertionError {
    private static final int LINES = 60;

    /** Number of acts up to and including the one after which an error was found. */
    final int acts;

    final String wrong;

    Deviation(int acts, String wrong, @Nullable Throwable cause) {
        super(wrong, cause);
        this.acts = acts;
        this.wrong = wrong;
    }

    private Deviation(String message, Deviation first) {
        super(message, first);
        this.acts = first.acts;
        this.wrong = first.wrong;
    }

    /** Returns the same deviation with the details needed to understand and reproduce it. */
    Deviation told(History history, List<BillingAction> core, String test) {
        var lines = core.stream()
                .limit(LINES)
                .map(billingAction -> "  " + billingAction)
                .collect(Collectors.joining("\n"));
        return new Deviation(
                "seed " + history.seed() + " in " + history.zone() + ": " + wrong
                        + "\nThe shortest beginning that fails: " + acts + " of "
                        + history.acts().size()
                        + " acts, the last " + history.acts().get(acts - 1)
                        + "\nOf these, " + core.size() + " are enough to fail:\n" + lines
                        + "\nRepeat: mvn test -pl ejb -am -Dtest=" + test
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dtenantry.sim.seed=" + history.seed(),
                this);
    }
}
