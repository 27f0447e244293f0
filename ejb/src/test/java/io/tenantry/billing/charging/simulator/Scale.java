package io.tenantry.billing.charging.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * The size of a history.
 *
 * @param services how many run at a time
 * @param longestLife of a service
 * @param hourlyPercent share of the time in which a run comes every hour; otherwise runs are hours or days apart
 */
record Scale(Instant from, Instant to, int services, int wallets, int plans, Duration longestLife, int hourlyPercent) {
    /** Ten years of 200 services. */
    static Scale tenYears(int hourlyPercent) {
        return new Scale(
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2036-01-01T00:00:00Z"),
                200,
                40,
                8,
                Duration.ofDays(900),
                hourlyPercent);
    }

    /** One year of 20 services, for a real database; it includes the autumn in which a month begins twice in Havana. */
    static Scale oneYear() {
        return new Scale(
                Instant.parse("2026-02-10T00:00:00Z"),
                Instant.parse("2027-02-10T00:00:00Z"),
                20,
                6,
                7,
                Duration.ofDays(240),
                3);
    }
}
