package io.tenantry.workqueue;

import java.time.Duration;
import java.util.Optional;

/** How a turn at a work item ended. */
public sealed interface WorkOutcome {
    /** The world is as it should be. */
    record Done() implements WorkOutcome {}

    /** Nothing is wrong, but there is more to come: how long to leave it alone. */
    record Reschedule(Duration pause) implements WorkOutcome {}

    /**
     * It did not work. It is tried again after a pause that grows, and after ten attempts parked.
     *
     * @param error for operators
     * @param pauseMin whoever refused asks for at least that
     */
    record Failed(String error, Optional<Duration> pauseMin) implements WorkOutcome {}

    /** A person has to look at it, and nobody else should. */
    record Indeterminate(String why) implements WorkOutcome {}

    /** It is done. */
    static WorkOutcome done() {
        return new Done();
    }

    /** To be looked at again. */
    static WorkOutcome later(Duration pause) {
        return new Reschedule(pause);
    }

    /** To be tried again. */
    static WorkOutcome inVain(String error) {
        return new Failed(error, Optional.empty());
    }

    /** For a person. */
    static WorkOutcome unclear(String why) {
        return new Indeterminate(why);
    }
}
