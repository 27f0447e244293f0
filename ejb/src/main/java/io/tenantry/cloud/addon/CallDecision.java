package io.tenantry.cloud.addon;

import io.tenantry.workqueue.WorkOutcome;
import java.time.Duration;
import java.util.Optional;

/** Whether the provider may be asked now to create something. */
public sealed interface CallDecision {
    /** It may; the request has been recorded. */
    record Allowed() implements CallDecision {}

    /** It may not yet: an earlier request may still take effect. */
    record Wait(Duration pause) implements CallDecision {}

    /** It may not: the maximum number of requests has been reached. */
    record LimitReached(int questions) implements CallDecision {}

    /** Returns the outcome of an attempt in which the provider may not be asked. */
    default Optional<WorkOutcome> obstacle() {
        if (this instanceof Wait wait) {
            return Optional.of(WorkOutcome.later(wait.pause()));
        }
        return this instanceof LimitReached limitReached
                ? Optional.of(WorkOutcome.unclear(
                        "asked for it " + limitReached.questions() + " times, and nothing came of it"))
                : Optional.empty();
    }

    /**
     * The rule for repeated requests of one kind.
     *
     * @param unseenMax the longest time that any provider takes to list what it has created; no request is repeated before
     * @param lostMax number of requests with an unknown result after which the work is parked for staff
     */
    record RetryRule(Duration unseenMax, int lostMax) {}
}
