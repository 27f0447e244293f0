package io.tenantry.settlement;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/** Somebody else claimed the run meanwhile; whatever this worker did in its transaction is rolled back. */
@ApplicationException(rollback = true)
public final class ClaimLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimLost(UUID run, long fence) {
        super("settlement run " + run + " is no longer held under fence " + fence);
    }
}
