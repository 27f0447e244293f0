package io.tenantry.settlement;

/** An event: due months are to be settled now instead of at the next timer tick. Observed after the transaction. */
public record SettlementRequested() {}
