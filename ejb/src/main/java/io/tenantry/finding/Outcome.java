package io.tenantry.finding;

/** What came of it that somebody decided about a finding. */
public enum Outcome {
    DONE,
    /** It is not as it was found any more, or somebody else has decided; nothing was changed. */
    TOO_LATE
}
