package io.tenantry.cloud.provisioning;

import jakarta.ejb.ApplicationException;

/** Signals that a service cannot be terminated or rebuilt because its deletion lock is set; it must be unlocked first. */
@ApplicationException(rollback = true)
public final class DeletionLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String service;

    DeletionLockedException(String service) {
        super(service + " is locked against deletion and rebuilding; unlock it first");
        this.service = service;
    }

    /** Returns the customer's name for the service. */
    public String service() {
        return service;
    }
}
