package io.tenantry.billing.invoicing;

/** Requests issuing to start now instead of with the next tick of the timer. Observed after the transaction. */
public record InvoicingRequested() {}
