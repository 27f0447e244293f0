package io.tenantry.billing.charging;

/** Somebody wants charging to begin now instead of with the next tick of the timer. Heard after the transaction. */
public record ChargingRequested() {}
