package io.tenantry.cloud.addon;

import jakarta.ejb.ApplicationException;

/** A server cannot be had with what was ordered together with it: then nothing of the order remains. */
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

    /** What of it. */
    public AddonType kind() {
        return kind;
    }

    /** Why. */
    public AddonOutcome why() {
        return why;
    }
}
