package io.tenantry.cloud.addon;

import io.tenantry.workqueue.WorkOutcome;
import java.time.Duration;
import java.util.Optional;

/** Whether the vendor may be asked to make something now. */
public sealed interface CallDecision {
    /** It is written down that it will be. */
    record Ask() implements CallDecision {}

    /** An earlier question may still come to something. */
    record Wait(Duration pause) implements CallDecision {}

    /** It was asked too often. */
    record Enough(int questions) implements CallDecision {}

    /** How a turn ends in which it may not be asked. */
    default Optional<WorkOutcome> hindrance() {
        if (this instanceof Wait wait) {
            return Optional.of(WorkOutcome.later(wait.pause()));
        }
        return this instanceof Enough enough
                ? Optional.of(
                        WorkOutcome.unclear("asked for it " + enough.questions() + " times, and nothing came of it"))
                : Optional.empty();
    }

    /**
     * How a vendor is asked for more of a kind.
     *
     * @param unseenMax longer than this no vendor took to show what it had made: before, nobody asks again
     * @param lostMax after so many questions of which nobody knows what came, a person looks
     */
    record Rule(Duration unseenMax, int lostMax) {}
}
