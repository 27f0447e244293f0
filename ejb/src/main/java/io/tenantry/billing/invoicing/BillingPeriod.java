package io.tenantry.billing.invoicing;

import io.tenantry.kernel.time.BillingMonth;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * Period covered by one document: a calendar month in the tenant's time zone as the half-open span {@code [from, to)}. Periods follow each
 * other without gaps or overlaps, so that everything with a start is in exactly one: an hour belongs to the period in which it starts.
 *
 * <p>Where clocks are set back across midnight, a month starts when the calendar first shows it, as in charging.
 *
 * @param month the calendar month
 */
public record BillingPeriod(YearMonth month, Instant from, Instant to) {
    /** Returns a month of a time zone. */
    public static BillingPeriod of(YearMonth month, ZoneId zone) {
        var calendar = new BillingMonth(month, zone);
        return new BillingPeriod(month, calendar.from(), calendar.to());
    }

    /**
     * Returns the period that contains an instant; it may be a month ahead of the calendar while clocks repeat the last hour of the previous
     * month.
     */
    public static BillingPeriod holding(Instant instant, ZoneId zone) {
        var named = of(BillingMonth.of(instant, zone).month(), zone);
        return instant.isBefore(named.to()) ? named : of(named.month().plusMonths(1), zone);
    }

    /**
     * Returns the latest period whose documents are due to be issued.
     *
     * @param window how long after a period's end corrections may still arrive
     */
    public static BillingPeriod latestDue(Instant now, Duration window, ZoneId zone) {
        return of(holding(now.minus(window), zone).month().minusMonths(1), zone);
    }

    /** Whether the period contains an instant. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    /** Whether its documents are due to be issued. */
    public boolean isDue(Instant now, Duration window) {
        return !now.isBefore(to.plus(window));
    }
}
