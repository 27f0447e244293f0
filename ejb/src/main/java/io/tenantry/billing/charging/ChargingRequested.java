package io.tenantry.billing.charging;

/** Requests charging to start now instead of with the next tick of the timer. Observed after the transaction. */
public record ChargingRequested() {}
