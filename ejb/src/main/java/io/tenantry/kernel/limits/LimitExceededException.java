package io.tenantry.kernel.limits;

import java.time.Duration;

/** The reseller, or one of its people, has asked for too much work at once. Nothing was done; it may be asked for again later. */
public final class LimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HeavyWork work;
    private final Duration retryAfter;

    LimitExceededException(HeavyWork work, Duration retryAfter) {
        super("too much is asked for at once: " + work);
        this.work = work;
        this.retryAfter = retryAfter;
    }

    /** What was asked for. */
    public HeavyWork work() {
        return work;
    }

    /** Whole seconds to wait, at least one. */
    public long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }
}
