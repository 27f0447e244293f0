package io.tenantry.billing.charging.simulator;

import java.time.Instant;
import java.time.ZoneId;

/** The local calendar month of each quarter of an hour, looked up one by one: nothing is derived from where a month begins or ends. */
final class Months {
    private static final long QUARTER = 900;
    private final long first;
    private final short[] months;

    Months(ZoneId zone, Instant from, Instant to) {
        first = Math.floorDiv(from.getEpochSecond(), QUARTER);
        months = new short[(int) (to.getEpochSecond() / QUARTER - first + 1)];
        for (var quarter = 0; quarter < months.length; quarter++) {
            var local = Instant.ofEpochSecond((first + quarter) * QUARTER).atZone(zone);
            months[quarter] = (short) (local.getYear() * 12 + local.getMonthValue());
        }
    }

    /** The month of an instant in microseconds. */
    int of(long micros) {
        return months[(int) (Math.floorDiv(micros, QUARTER * 1_000_000) - first)];
    }
}
