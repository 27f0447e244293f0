package io.tenantry.workqueue;

import java.time.Duration;
import java.util.Optional;

/** The result of processing a work item. */
public sealed interface WorkOutcome {
    /** The work is complete. */
    record Done() implements WorkOutcome {}

    /** Nothing is wrong, but there is more to do after this pause. */
    record Reschedule(Duration pause) implements WorkOutcome {}

    /**
     * The attempt failed. It is repeated after a growing pause, and parked after ten attempts.
     *
     * @param error for operators
     * @param pauseMin the minimum pause requested by the refusing side
     */
    record Failed(String error, Optional<Duration> pauseMin) implements WorkOutcome {}

    /** Only a person can decide; no further automatic attempts. */
    record Indeterminate(String why) implements WorkOutcome {}

    /** Returns a completed outcome. */
    static WorkOutcome done() {
        return new Done();
    }

    /** Returns an outcome that reschedules the item. */
    static WorkOutcome later(Duration pause) {
        return new Reschedule(pause);
    }

    /** Returns a failed attempt, to be repeated. */
    static WorkOutcome failed(String error) {
        return new Failed(error, Optional.empty());
    }

    /** Returns an outcome that needs a person's decision. */
    static WorkOutcome unclear(String why) {
        return new Indeterminate(why);
    }
}
