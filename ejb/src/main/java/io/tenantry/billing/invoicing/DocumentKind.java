package io.tenantry.billing.invoicing;

/** Kind of document; each has a separate number series. */
public enum DocumentKind {
    /** A payable or paid document. */
    INVOICE,
    /** Reduces an invoice. */
    CREDIT_NOTE,
    /** Increases an invoice. */
    DEBIT_NOTE,
    /** A preview of an invoice; nothing is due for it. */
    PROFORMA
}
