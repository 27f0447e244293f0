package io.tenantry.cloud.provisioning;

import jakarta.ejb.ApplicationException;

/** A service cannot be ended: somebody has locked it against that, and has to unlock it first. */
@ApplicationException(rollback = true)
public final class DeletionLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String service;

    DeletionLockedException(String service) {
        super(service + " is locked against being ended; unlock it first");
        this.service = service;
    }

    /** What its customer calls it. */
    public String service() {
        return service;
    }
}
