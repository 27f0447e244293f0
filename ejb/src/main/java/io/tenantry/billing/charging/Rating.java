package io.tenantry.billing.charging;

import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.BillingMonth;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The rule of charging, without clock or database: a service is charged for each hour that it starts, counted from its activation, and within a
 * calendar month never more than its monthly price. {@code Charging} does the same for a thousand wallets in SQL; a seeded test verifies that
 * both agree.
 */
public final class Rating {
    private static final Duration HOUR = Duration.ofHours(1);

    private Rating() {}

    /**
     * A service at one price within one calendar month, charged up to some hour.
     *
     * @param startsAt when its first hour starts
     * @param monthEndsAt hours that start at or after this instant belong to the next period
     * @param hours hours charged so far
     * @param rate the price of an hour
     * @param inProgress the price of the hour that was in progress when this period started; zero for the first period
     * @param surcharge charged once at the start, for the hour in progress when the price rose
     * @param monthCap the highest monthly price of the service in this month
     * @param cap the maximum charge of this period: the month's cap less the charges of earlier periods of the month
     */
    public record Period(
            Instant startsAt,
            Instant monthEndsAt,
            int hours,
            HourlyRate rate,
            Money inProgress,
            Money surcharge,
            Money monthCap,
            Money cap) {

        /** Returns the first period of a service, or its first in a new month: nothing charged yet. */
        public static Period opening(Instant startsAt, Instant monthEndsAt, Money monthly) {
            return new Period(
                    startsAt,
                    monthEndsAt,
                    0,
                    HourlyRate.ofMonthly(monthly),
                    Money.zero(monthly.currency()),
                    Money.zero(monthly.currency()),
                    monthly,
                    monthly);
        }

        /** The instant up to which hours are charged: the start of the first uncharged hour. */
        public Instant chargedUntil() {
            return startsAt.plus(HOUR.multipliedBy(hours));
        }

        /** The amount charged for this period so far. */
        public Money amount() {
            return cap.min(surcharge.plus(rate.times(hours)));
        }

        /** Returns this period with all hours charged that start before the instant and within the month. */
        public Period chargedTo(Instant until) {
            var to = until.isBefore(monthEndsAt) ? until : monthEndsAt;
            var more = startedHours(chargedUntil(), to);
            return new Period(startsAt, monthEndsAt, hours + more, rate, inProgress, surcharge, monthCap, cap);
        }

        /**
         * Same as {@link #chargedTo}, across the ends of months: returns the period that is open when all hours are charged that start before
         * the instant.
         *
         * @param monthly the service's price, with which later months start
         * @param zone whose calendar determines the months
         */
        public Period chargedOver(Instant until, Money monthly, ZoneId zone) {
            var period = chargedTo(until);
            while (period.chargedUntil().isBefore(until)) {
                var start = period.chargedUntil();
                var month = BillingMonth.of(start, zone);
                period = opening(start, month.to(), monthly).chargedTo(until);
            }
            return period;
        }

        /** Returns the cost of the last charged hour: the highest rate that applied while it was in progress. */
        private Money lastHour() {
            return hours > 0 ? rate.perHour() : inProgress.max(rate.perHour());
        }

        /**
         * Returns the period that follows a pause.
         *
         * @param at when the pause ended; the hour in progress when it started stays charged and is not charged twice
         * @param monthly the price from then on
         * @param zone whose calendar determines the months
         */
        public Period resumedAt(Instant at, Money monthly, ZoneId zone) {
            var start = at.isBefore(chargedUntil()) ? chargedUntil() : at;
            if (!start.isBefore(monthEndsAt)) {
                return opening(start, BillingMonth.of(start, zone).to(), monthly);
            }
            var none = Money.zero(monthly.currency());
            var newMonthCap = monthCap.max(monthly);
            return new Period(
                    start,
                    monthEndsAt,
                    0,
                    HourlyRate.ofMonthly(monthly),
                    lastHour(),
                    none,
                    newMonthCap,
                    newMonthCap.minus(monthCap.minus(cap).plus(amount())));
        }

        /**
         * Returns the period that follows a price change. An hour in progress stays charged, and costs the highest rate that applies during it:
         * if the new rate is higher, the difference is charged as a surcharge, so that going up and down within an hour is neither an advantage
         * nor charged twice. Between two hours nothing is in progress.
         */
        public Period changedTo(Instant at, Money monthly) {
            var hourlyRate = HourlyRate.ofMonthly(monthly);
            var none = Money.zero(monthly.currency());
            var increase = at.isBefore(chargedUntil()) ? hourlyRate.perHour().minus(lastHour()) : none;
            var charged = monthCap.minus(cap).plus(amount());
            var newMonthCap = monthCap.max(monthly);
            return new Period(
                    chargedUntil(),
                    monthEndsAt,
                    0,
                    hourlyRate,
                    lastHour(),
                    increase.max(none),
                    newMonthCap,
                    newMonthCap.minus(charged));
        }
    }

    /** Returns the number of hours, counted from {@code from}, that start before {@code to}. */
    public static int startedHours(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return 0;
        }
        var span = Duration.between(from, to);
        var whole = span.toHours();
        return Math.toIntExact(span.equals(Duration.ofHours(whole)) ? whole : whole + 1);
    }
}
