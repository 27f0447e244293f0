package io.tenantry.kernel.time;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes identifiers that are unguessable in 74 bits and ordered in time (UUID version 7, RFC 9562 section 5.7). */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new identifier, stamped with the clock's time. */
    public static UUID next(Clock clock) {
        var millis = clock.millis();
        var high = (millis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0fffL);
        var low = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
