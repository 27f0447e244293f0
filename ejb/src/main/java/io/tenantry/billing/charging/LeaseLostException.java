package io.tenantry.billing.charging;

import jakarta.ejb.ApplicationException;

/** Thrown when another worker has claimed the work in the meantime; this worker's transaction is rolled back. */
@ApplicationException(rollback = true)
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a claim.
     *
     * @param what was claimed, such as {@code settlement run 17}
     */
    public LeaseLostException(String what, long fence) {
        super(what + " is no longer held under fence " + fence);
    }
}
