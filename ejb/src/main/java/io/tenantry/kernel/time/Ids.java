package io.tenantry.kernel.time;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Generates identifiers with 74 unguessable bits, ordered by time (UUID version 7, RFC 9562 section 5.7). */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** Returns a new identifier with the clock's time. */
    public static UUID next(Clock clock) {
        var millis = clock.millis();
        var high = (millis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0fffL);
        var low = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
