package io.tenantry.invoicing;

import jakarta.ejb.ApplicationException;

/** Somebody else claimed the run meanwhile; whatever this worker did in its transaction is rolled back. */
@ApplicationException(rollback = true)
public final class ClaimLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimLost(long run, long fence) {
        super("invoicing run " + run + " is no longer held under fence " + fence);
    }
}
