package io.tenantry.admin.platform;

import jakarta.ejb.ApplicationException;

/** Thrown if another tenant claimed a host a moment ago. */
@ApplicationException(rollback = true)
public final class HostTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HostTakenException(Throwable cause) {
        super("a host is taken", cause);
    }
}
