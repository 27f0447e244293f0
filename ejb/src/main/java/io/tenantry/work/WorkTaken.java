package io.tenantry.work;

import jakarta.ejb.ApplicationException;

/** The item is somebody else's by now, or nobody's any more; what this worker did in its transaction is rolled back. */
@ApplicationException(rollback = true)
public final class WorkTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkTaken(Work work) {
        super("work item " + work.id() + " is no longer held under fence " + work.fence());
    }
}
