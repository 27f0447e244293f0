package io.tenantry.options;

import jakarta.ejb.ApplicationException;

/** A server cannot be had with what was ordered together with it: then nothing of the order remains. */
@ApplicationException(rollback = true)
public final class OrderRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final OptionKind kind;
    private final transient OptionOutcome why;

    OrderRefused(OptionKind kind, OptionOutcome why) {
        super("no " + kind.word() + " with it: " + why);
        this.kind = kind;
        this.why = why;
    }

    /** What of it. */
    public OptionKind kind() {
        return kind;
    }

    /** Why. */
    public OptionOutcome why() {
        return why;
    }
}
