package io.tenantry.platform;

import jakarta.ejb.ApplicationException;

/** Another tenant claimed a host a moment ago. */
@ApplicationException(rollback = true)
public final class HostTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HostTaken(Throwable cause) {
        super("a host is taken", cause);
    }
}
