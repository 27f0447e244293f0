package io.tenantry.cloud.addon;

import jakarta.ejb.ApplicationException;

/** Signals that a server cannot be ordered together with the requested add-ons; the whole order is rolled back. */
@ApplicationException(rollback = true)
public final class AddonRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final AddonType kind;
    private final transient AddonOutcome why;

    AddonRefusedException(AddonType kind, AddonOutcome why) {
        super("no " + kind.word() + " with it: " + why);
        this.kind = kind;
        this.why = why;
    }

    /** Returns the kind of add-on that was refused. */
    public AddonType kind() {
        return kind;
    }

    /** Returns the reason. */
    public AddonOutcome why() {
        return why;
    }
}
