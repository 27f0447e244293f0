package io.tenantry.cloud.reconciliation.discrepancy;

/** What came of it that somebody decided about a finding. */
public enum ResolutionOutcome {
    DONE,
    /** It is not as it was found any more, or somebody else has decided; nothing was changed. */
    TOO_LATE
}
