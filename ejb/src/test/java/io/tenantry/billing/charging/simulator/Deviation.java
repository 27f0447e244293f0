package io.tenantry.billing.charging.simulator;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was charged is not what is owed. Says the seed, how long the beginning of the history is that fails, and its core. */
final class Deviation extends AssertionError {
    private static final int LINES = 60;

    /** Acts up to and with the one after which something was wrong. */
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

    /** The same, told with what is needed to see and to repeat it. */
    Deviation told(History history, List<Act> core, String test) {
        var lines = core.stream().limit(LINES).map(act -> "  " + act).collect(Collectors.joining("\n"));
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
