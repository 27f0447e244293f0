package io.tenantry.bank.statement;

/** Which way money went. */
public enum Direction {
    IN,
    OUT
}
