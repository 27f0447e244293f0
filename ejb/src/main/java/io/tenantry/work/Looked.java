package io.tenantry.work;

import io.tenantry.money.Money;

/** What came of it that somebody has parked work tried again. */
public sealed interface Looked {
    /** It is tried again. */
    record Again() implements Looked {}

    /** Nothing waits any more. */
    record Late() implements Looked {}

    /** What was held for it has ended, and the wallet may spend less than that by now: it goes on waiting. */
    record TooLittle(Money missing) implements Looked {}
}
