package io.tenantry.workqueue;

import io.tenantry.kernel.money.Money;

/** What came of it that somebody has parked work tried again. */
public sealed interface RetryOutcome {
    /** It is tried again. */
    record Again() implements RetryOutcome {}

    /** Nothing waits any more. */
    record Late() implements RetryOutcome {}

    /** What was held for it has ended, and the wallet may spend less than that by now: it goes on waiting. */
    record InsufficientFunds(Money missing) implements RetryOutcome {}
}
