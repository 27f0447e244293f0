package io.tenantry.provisioning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a vendor is doing to a server, besides its power. */
public enum Changing {
    /** It gets another size, and its service another plan. */
    RESIZE(Calls.Step.RESIZE),
    /** It begins anew, and all that was on it is gone. */
    REBUILD(Calls.Step.REBUILD),
    /** It is started into its vendor's rescue system. */
    RESCUE(Calls.Step.RESCUE),
    /** It is started from its own disk again. */
    RETURN(Calls.Step.RETURN);

    private final Calls.Step step;

    Changing(Calls.Step step) {
        this.step = step;
    }

    /** How its questions to vendors are called. */
    Calls.Step step() {
        return step;
    }

    /** In lower case, for events and addresses; also its kind of work. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whose work is called so. */
    static Optional<Changing> ofWork(String kind) {
        return Arrays.stream(values()).filter(one -> one.word().equals(kind)).findFirst();
    }
}
