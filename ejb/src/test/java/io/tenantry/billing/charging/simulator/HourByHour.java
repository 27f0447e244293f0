package io.tenantry.billing.charging.simulator;

/**
 * What a service owes, reckoned one started hour after the other in whole numbers (microseconds, and 10^-8 of the currency),
 * with nothing of the code that it judges.
 *
 * <p>An hour costs the highest rate that the service had in it, what it had when the hour started or took up before it was over.
 * An hour is of the month in which it starts; a month costs at most the highest monthly price that the service took up in, or
 * brought into, its hours.
 */
final class HourByHour {
    private static final long HOUR = 3_600_000_000L;

    private final Months months;
    private long next;
    private long monthly;
    private long dearest;
    private int month = -1;
    private long ofMonth;
    private long cap;
    private long total;
    private int hours;

    HourByHour(Months months, long activated, long monthly) {
        this.months = months;
        this.next = activated;
        this.monthly = monthly;
        start();
    }

    /** All hours that start before an instant are owed. */
    void until(long instant) {
        while (next < instant) {
            start();
        }
    }

    private void start() {
        var calendar = months.of(next);
        if (calendar != month) {
            month = calendar;
            ofMonth = 0;
            cap = 0;
        }
        cap = Math.max(cap, monthly);
        dearest = rate();
        owe(dearest);
        next += HOUR;
        hours++;
    }

    void change(long at, long monthlyThen) {
        until(at);
        monthly = monthlyThen;
        cap = Math.max(cap, monthly);
        if (at < next && rate() > dearest) {
            owe(rate() - dearest);
            dearest = rate();
        }
    }

    private void owe(long amount) {
        var within = Math.min(amount, cap - ofMonth);
        ofMonth += within;
        total += within;
    }

    /** A 730th, half up. */
    private long rate() {
        return (monthly + 365) / 730;
    }

    long ratePerHour() {
        return rate();
    }

    long total() {
        return total;
    }

    int hours() {
        return hours;
    }
}
