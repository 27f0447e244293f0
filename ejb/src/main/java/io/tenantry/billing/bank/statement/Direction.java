package io.tenantry.billing.bank.statement;

/** Direction of a movement of money. */
public enum Direction {
    IN,
    OUT
}
