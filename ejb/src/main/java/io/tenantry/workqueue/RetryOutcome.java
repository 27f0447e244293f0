package io.tenantry.workqueue;

import io.tenantry.kernel.money.Money;

/** The result of retrying parked work. */
public sealed interface RetryOutcome {
    /** The item will be tried again. */
    record Retried() implements RetryOutcome {}

    /** The item was no longer parked. */
    record NotParked() implements RetryOutcome {}

    /** The reservation has expired, and the wallet may spend less than that by now: the item remains parked. */
    record InsufficientFunds(Money missing) implements RetryOutcome {}
}
