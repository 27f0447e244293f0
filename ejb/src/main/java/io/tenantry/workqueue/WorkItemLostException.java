package io.tenantry.workqueue;

import jakarta.ejb.ApplicationException;

/** Thrown if the item was claimed by another worker or given up; what this worker did in its transaction is rolled back. */
@ApplicationException(rollback = true)
public final class WorkItemLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkItemLostException(ClaimedWorkItem claimedWorkItem) {
        super("work item " + claimedWorkItem.id() + " is no longer held under fence " + claimedWorkItem.fence());
    }
}
