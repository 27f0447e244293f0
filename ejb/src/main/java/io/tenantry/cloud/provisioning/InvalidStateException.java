package io.tenantry.cloud.provisioning;

import jakarta.ejb.ApplicationException;
import java.util.Locale;
import java.util.UUID;

/** Signals that the state of a service does not allow an operation. */
@ApplicationException(rollback = true)
public final class InvalidStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Service.State state;

    InvalidStateException(UUID service, Service.State state) {
        super("service " + service + " is " + state.name().toLowerCase(Locale.ROOT)
                + (state == Service.State.SUSPENDED ? " by its provider, who alone can lift that" : ""));
        this.state = state;
    }

    public Service.State state() {
        return state;
    }
}
