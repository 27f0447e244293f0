package io.tenantry.cloud.reconciliation.discrepancy;

/** The outcome of a decision about a discrepancy. */
public enum ResolutionOutcome {
    DONE,
    /** The discrepancy has changed since it was found, or someone else has decided; nothing was changed. */
    TOO_LATE
}
