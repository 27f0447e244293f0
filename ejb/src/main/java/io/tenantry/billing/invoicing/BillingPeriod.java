package io.tenantry.billing.invoicing;

import io.tenantry.kernel.time.BillingMonth;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * What one document covers: a calendar month of the tenant's time zone as the half-open span {@code [from, to)}. Periods follow each
 * other without gap or overlap, so that whatever has a beginning is in exactly one: an hour is in that in which it begins.
 *
 * <p>Where clocks go back over midnight, a month begins when the calendar first shows it, as charging has it.
 *
 * @param month the month by name
 */
public record BillingPeriod(YearMonth month, Instant from, Instant to) {
    /** A month of a zone. */
    public static BillingPeriod of(YearMonth month, ZoneId zone) {
        var calendar = new BillingMonth(month, zone);
        return new BillingPeriod(month, calendar.from(), calendar.to());
    }

    /** The one that holds an instant, which may be named by the month before while clocks show its last hour again. */
    public static BillingPeriod holding(Instant instant, ZoneId zone) {
        var named = of(BillingMonth.of(instant, zone).month(), zone);
        return instant.isBefore(named.to()) ? named : of(named.month().plusMonths(1), zone);
    }

    /**
     * The latest one whose documents are to be issued.
     *
     * @param window how long after a period's end corrections may still come
     */
    public static BillingPeriod latestDue(Instant now, Duration window, ZoneId zone) {
        return of(holding(now.minus(window), zone).month().minusMonths(1), zone);
    }

    /** Whether an instant is within. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    /** Whether its documents are to be issued. */
    public boolean isDue(Instant now, Duration window) {
        return !now.isBefore(to.plus(window));
    }
}
