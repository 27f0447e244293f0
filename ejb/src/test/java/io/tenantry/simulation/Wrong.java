package io.tenantry.simulation;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something came out that must not. Says the seed, how long the beginning of the history is that fails, and its core. */
final class Wrong extends AssertionError {
    private static final long serialVersionUID = 1L;
    private static final int LINES = 80;

    /** Acts up to and with the one after which something was wrong. */
    final int acts;

    final String what;

    Wrong(int acts, String what, @Nullable Throwable cause) {
        super(what, cause);
        this.acts = acts;
        this.what = what;
    }

    /** The same, told with what is needed to see and to repeat it. */
    Wrong told(History history, List<Act> core) {
        var lines = core.stream().limit(LINES).map(act -> "  " + act).collect(Collectors.joining("\n"));
        return new Wrong(
                acts,
                "seed " + history.seed() + ": " + what + "\nAfter " + acts + " of "
                        + history.acts().size() + " acts; of these, " + core.size() + " are enough to fail:\n" + lines
                        + "\nRepeat: mvn test -pl ejb -am -Dtest=StormTest -Dsurefire.failIfNoSpecifiedTests=false -Dtenantry.orders="
                        + history.orders() + " -Dtenantry.orders.seed=" + history.seed(),
                this);
    }
}
