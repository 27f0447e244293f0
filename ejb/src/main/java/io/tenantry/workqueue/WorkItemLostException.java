package io.tenantry.workqueue;

import jakarta.ejb.ApplicationException;

/** The item is somebody else's by now, or nobody's any more; what this worker did in its transaction is rolled back. */
@ApplicationException(rollback = true)
public final class WorkItemLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkItemLostException(ClaimedWorkItem claimedWorkItem) {
        super("work item " + claimedWorkItem.id() + " is no longer held under fence " + claimedWorkItem.fence());
    }
}
