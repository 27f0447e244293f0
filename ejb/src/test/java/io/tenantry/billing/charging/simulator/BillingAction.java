package io.tenantry.billing.charging.simulator;

import java.math.BigDecimal;
import java.time.Instant;

/** One event of a reseller's history. Services, wallets and plans are numbered, so that a history needs no identifiers. */
sealed interface BillingAction {
    Instant at();

    /** A new price version of a plan, for new and changing services from now on; running services keep theirs. */
    record Publish(Instant at, int plan, BigDecimal monthly) implements BillingAction {}

    /** A service is activated at its plan's price in force. */
    record Order(Instant at, int service, int wallet, int plan) implements BillingAction {}

    /** A service changes to a plan, at that plan's price in force. */
    record Change(Instant at, int service, int plan) implements BillingAction {}

    record End(Instant at, int service) implements BillingAction {}

    /** Money comes in (above zero: a top-up) or goes out (below: a refund to the payer, a debit). */
    record Move(Instant at, int wallet, BigDecimal amount) implements BillingAction {}

    /** How far below zero a wallet may go. */
    record Limit(Instant at, int wallet, BigDecimal amount) implements BillingAction {}

    /** A wallet is excluded from runs, or included again. */
    record Park(Instant at, int wallet, boolean parked) implements BillingAction {}

    /** A run at one instant for all hours that started before another: it may be late, and it may be a repetition. */
    record Run(Instant at, Instant until) implements BillingAction {}
}
