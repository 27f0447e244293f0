package io.tenantry.dunning;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/** Thrown when money arrived while a service was being terminated for debt: the service is kept. */
@ApplicationException(rollback = true)
public final class DebtClearedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DebtClearedException(UUID service) {
        super("service " + service + " is not ended: its debt was paid in the meantime");
    }
}
