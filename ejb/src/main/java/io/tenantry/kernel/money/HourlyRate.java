package io.tenantry.kernel.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The price of one started hour.
 *
 * @param perHour at eight decimals
 */
public record HourlyRate(Money perHour) {
    /** The hours of a price list's month: a year's 8,760 hours divided by twelve. */
    public static final int HOURS_A_MONTH = 730;

    /** Returns the hourly rate of a monthly price: a 730th, rounded HALF_UP at eight decimals. */
    public static HourlyRate ofMonthly(Money monthly) {
        var perHour = monthly.amount().divide(BigDecimal.valueOf(HOURS_A_MONTH), Money.SCALE, RoundingMode.HALF_UP);
        return new HourlyRate(new Money(perHour, monthly.currency()));
    }

    /** Returns the price of whole hours, exact. */
    public Money times(long hours) {
        return perHour.times(hours);
    }
}
