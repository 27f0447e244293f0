package io.tenantry.dunning;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/** Money came while a service was being ended for debt: it is not ended. */
@ApplicationException(rollback = true)
public final class DebtClearedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DebtClearedException(UUID service) {
        super("service " + service + " is not ended: its debt was paid meanwhile");
    }
}
