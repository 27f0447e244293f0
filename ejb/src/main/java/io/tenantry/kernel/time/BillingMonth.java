package io.tenantry.kernel.time;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * A calendar month in a tenant's time zone: the half-open interval {@code [from, to)} within which a service's charges never exceed its monthly
 * price. With daylight saving it has 743 or 745 hours instead of 744.
 *
 * @param month the calendar month
 * @param zone the time zone whose midnight separates it from the next
 */
public record BillingMonth(YearMonth month, ZoneId zone) {
    /** Returns the month that contains the instant. */
    public static BillingMonth of(Instant instant, ZoneId zone) {
        return new BillingMonth(YearMonth.from(instant.atZone(zone)), zone);
    }

    public Instant from() {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    public Instant to() {
        return month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    }
}
