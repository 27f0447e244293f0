package io.tenantry.billing.bank;

/** Kind of a row of a bank file. */
public enum RowKind {
    /** A booked movement, read with certainty. */
    TRANSACTION,
    /** Not a movement of money, such as a note, a balance or a payment that is not booked yet. */
    SKIPPED,
    /** A possible movement; a person has to decide. */
    REVIEW
}
