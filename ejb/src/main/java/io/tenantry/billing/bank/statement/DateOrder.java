package io.tenantry.billing.bank.statement;

/** In which order numeric dates are written where the digits alone do not tell. */
public enum DateOrder {
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST
}
