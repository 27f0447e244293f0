package io.tenantry.billing.invoicing;

/** What sort of document it is; each has numbers of its own. */
public enum DocumentKind {
    /** What is to be paid, or was. */
    INVOICE,
    /** Takes back a part of an invoice. */
    CREDIT_NOTE,
    /** Adds to an invoice. */
    DEBIT_NOTE,
    /** What an invoice would say; nothing is owed for it. */
    PROFORMA
}
