package io.tenantry.settlement;

/** Somebody wants what is due to be settled now instead of with the next tick of the timer. Heard after the transaction. */
public record SettlementRequested() {}
