package io.tenantry.people.identity;

import jakarta.ejb.ApplicationException;

/** Thrown if a key cannot be created as requested. Nothing was created. */
@ApplicationException(rollback = true)
public final class KeyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    KeyRefusedException(Reason reason) {
        super("no key can be created: " + reason);
        this.reason = reason;
    }

    /** The reasons for refusing a key. */
    public enum Reason {
        /** The person has {@link ApiKeys#LIVE_MAX} active keys. */
        TOO_MANY,
        /** It would outlive the key with which it is created. */
        OUTLIVES
    }

    public Reason reason() {
        return reason;
    }
}
