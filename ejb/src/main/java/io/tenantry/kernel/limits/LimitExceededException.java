package io.tenantry.kernel.limits;

import java.time.Duration;

/** Thrown if the reseller, or one of its people, has requested too much work at once. Nothing was done; the request may be repeated later. */
public final class LimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HeavyWork work;
    private final Duration retryAfter;

    LimitExceededException(HeavyWork work, Duration retryAfter) {
        super("limit exceeded: " + work);
        this.work = work;
        this.retryAfter = retryAfter;
    }

    /** Returns the kind of work that was requested. */
    public HeavyWork work() {
        return work;
    }

    /** Returns whole seconds to wait, at least one. */
    public long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }
}
