package io.tenantry.charging;

import jakarta.ejb.ApplicationException;

/** Somebody else claimed the slice meanwhile; whatever this worker did in its transaction is rolled back. */
@ApplicationException(rollback = true)
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(long slice, long fence) {
        super("slice " + slice + " is no longer held under fence " + fence);
    }
}
