package io.tenantry.catalog.fx;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;

/**
 * The value of one unit of the home currency in another currency on a day.
 *
 * @param home the home currency
 * @param other the currency to be converted
 * @param perHome units of {@code other} for one of {@code home}, at ten decimals
 * @param day the day of the rate
 * @param source who published it
 */
public record ExchangeRate(Currency home, Currency other, BigDecimal perHome, LocalDate day, String source) {
    /** The scale of a rate. */
    public static final int SCALE = 10;

    public ExchangeRate {
        if (perHome.signum() <= 0) {
            throw new IllegalArgumentException("a rate must be above zero, found " + perHome);
        }
        perHome = perHome.setScale(SCALE, RoundingMode.UNNECESSARY);
    }

    /**
     * Computes the cross rate from the value of one euro in both currencies.
     *
     * @param homePerEuro one, if the home currency is the euro
     */
    static ExchangeRate across(
            Currency home,
            BigDecimal homePerEuro,
            Currency other,
            BigDecimal otherPerEuro,
            LocalDate day,
            String source) {
        return new ExchangeRate(
                home, other, otherPerEuro.divide(homePerEuro, SCALE, RoundingMode.HALF_UP), day, source);
    }

    /**
     * Converts an amount to the home currency, rounded HALF_UP at its smallest unit.
     *
     * @throws IllegalArgumentException if the amount is in a third currency
     */
    public Money coins(Money amount) {
        return converted(amount, home.getDefaultFractionDigits());
    }

    /** Converts an amount to the home currency, at eight decimals, HALF_UP: for sums that are rounded later. */
    public Money exactly(Money amount) {
        return converted(amount, Money.SCALE);
    }

    /**
     * Converts an amount of the home currency to the other one, rounded HALF_UP at its smallest unit.
     *
     * @throws IllegalArgumentException if the amount is not in the home currency
     */
    public Money abroad(Money amount) {
        if (!amount.currency().equals(home)) {
            throw new IllegalArgumentException("a rate of " + home + " does not apply to " + amount.currency());
        }
        return new Money(
                amount.amount().multiply(perHome).setScale(other.getDefaultFractionDigits(), RoundingMode.HALF_UP),
                other);
    }

    private Money converted(Money amount, int decimals) {
        if (!amount.currency().equals(other)) {
            throw new IllegalArgumentException("a rate of " + other + " does not apply to " + amount.currency());
        }
        return new Money(amount.amount().divide(perHome, decimals, RoundingMode.HALF_UP), home);
    }
}
