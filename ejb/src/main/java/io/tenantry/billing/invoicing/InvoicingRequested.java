package io.tenantry.billing.invoicing;

/** Somebody wants what is due to be issued now instead of with the next tick of the timer. Heard after the transaction. */
public record InvoicingRequested() {}
