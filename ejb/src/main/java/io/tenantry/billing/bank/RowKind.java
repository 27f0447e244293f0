package io.tenantry.billing.bank;

/** What was read in a row of a bank file. */
public enum RowKind {
    /** A booked movement, read with certainty. */
    TRANSACTION,
    /** No movement of money, such as a note, a balance or a payment that is not booked yet. */
    SKIPPED,
    /** Perhaps a movement; a person has to say. */
    REVIEW
}
