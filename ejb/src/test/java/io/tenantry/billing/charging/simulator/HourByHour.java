package io.tenantry.billing.charging.simulator;

/**
 * What a service owes, calculated one started hour at a time in whole numbers (microseconds, and 10^-8 of the currency), without any of the
 * code under test.
 *
 * <p>An hour costs the highest rate that the service had in it: the rate at its start or one adopted before its end.
 * An hour belongs to the month in which it starts; a month costs at most the highest monthly price that the service adopted in, or carried
 * into, its hours.
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

    /** Charges all hours that start before an instant. */
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

    /** One 730th, rounded half up. */
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
