package io.tenantry.work;

import java.time.Duration;
import java.util.Optional;

/** How a turn at a work item ended. */
public sealed interface Outcome {
    /** The world is as it should be. */
    record Done() implements Outcome {}

    /** Nothing is wrong, but there is more to come: how long to leave it alone. */
    record Later(Duration pause) implements Outcome {}

    /**
     * It did not work. It is tried again after a pause that grows, and after ten attempts parked.
     *
     * @param error for operators
     * @param pauseMin whoever refused asks for at least that
     */
    record InVain(String error, Optional<Duration> pauseMin) implements Outcome {}

    /** A person has to look at it, and nobody else should. */
    record Unclear(String why) implements Outcome {}

    /** It is done. */
    static Outcome done() {
        return new Done();
    }

    /** To be looked at again. */
    static Outcome later(Duration pause) {
        return new Later(pause);
    }

    /** To be tried again. */
    static Outcome inVain(String error) {
        return new InVain(error, Optional.empty());
    }

    /** For a person. */
    static Outcome unclear(String why) {
        return new Unclear(why);
    }
}
