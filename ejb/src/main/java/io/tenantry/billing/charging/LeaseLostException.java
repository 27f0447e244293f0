package io.tenantry.billing.charging;

import jakarta.ejb.ApplicationException;

/** Somebody else claimed the work meanwhile; whatever this worker did in its transaction is rolled back. */
@ApplicationException(rollback = true)
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what was claimed, such as {@code settlement run 17}
     */
    public LeaseLostException(String what, long fence) {
        super(what + " is no longer held under fence " + fence);
    }
}
