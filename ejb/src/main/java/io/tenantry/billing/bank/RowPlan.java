package io.tenantry.billing.bank;

/** What a row of a bank file becomes when the file is posted. */
public enum RowPlan {
    /** The money is credited to the customer whose reference the row bears. */
    CREDIT,
    /** The money waits until a person assigns it to a customer. */
    ASSIGN,
    /** Money that went out: recorded, never credited. */
    OUTGOING,
    /** It was imported before, with this file or another one. */
    KNOWN,
    /** It is not a movement of money. */
    SKIPPED,
    /** It could not be read with certainty. */
    REVIEW
}
