package io.tenantry.people.identity;

import jakarta.ejb.ApplicationException;

/** A key cannot be made like this. Nothing was made. */
@ApplicationException(rollback = true)
public final class KeyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    KeyRefusedException(Reason reason) {
        super("no key can be made: " + reason);
        this.reason = reason;
    }

    /** Why not. */
    public enum Reason {
        /** The person has {@link ApiKeys#LIVE_MAX} keys that work. */
        TOO_MANY,
        /** It would work for longer than the key with which it is made. */
        OUTLIVES
    }

    public Reason reason() {
        return reason;
    }
}
