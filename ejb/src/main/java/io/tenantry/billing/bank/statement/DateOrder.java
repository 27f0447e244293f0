package io.tenantry.billing.bank.statement;

/** Order of numeric dates where the digits alone are ambiguous. */
public enum DateOrder {
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST
}
