package io.tenantry.billing.bank.statement;

/** Which way money went. */
public enum Direction {
    IN,
    OUT
}
