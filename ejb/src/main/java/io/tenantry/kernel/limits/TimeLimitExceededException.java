package io.tenantry.kernel.limits;

/** Thrown between two steps of work that has used up its {@link TimeLimit}. */
public final class TimeLimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeLimitExceededException() {
        super("time limit exceeded");
    }
}
