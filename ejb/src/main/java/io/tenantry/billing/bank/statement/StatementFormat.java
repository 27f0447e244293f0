package io.tenantry.billing.bank.statement;

/** Formats of statements that can be read. */
public enum StatementFormat {
    CAMT_053,
    CSV
}
