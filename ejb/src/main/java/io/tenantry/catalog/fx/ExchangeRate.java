package io.tenantry.catalog.fx;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;

/**
 * How much of a currency one unit of another was worth on a day.
 *
 * @param home the currency of the books
 * @param other the currency that is told in it
 * @param perHome units of {@code other} for one of {@code home}, at ten decimals
 * @param day of which the rate is
 * @param source who said it
 */
public record ExchangeRate(Currency home, Currency other, BigDecimal perHome, LocalDate day, String source) {
    /** Decimals of a rate. */
    public static final int SCALE = 10;

    public ExchangeRate {
        if (perHome.signum() <= 0) {
            throw new IllegalArgumentException("a rate is above zero, found " + perHome);
        }
        perHome = perHome.setScale(SCALE, RoundingMode.UNNECESSARY);
    }

    /**
     * From what one euro was worth in both.
     *
     * @param homePerEuro one, if the home is the euro
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
     * An amount in the currency of the books, rounded HALF_UP at its smallest coin.
     *
     * @throws IllegalArgumentException if the amount is in a third currency
     */
    public Money coins(Money amount) {
        return told(amount, home.getDefaultFractionDigits());
    }

    /** An amount in the currency of the books, at eight decimals, HALF_UP: for sums that are rounded later. */
    public Money exactly(Money amount) {
        return told(amount, Money.SCALE);
    }

    /**
     * An amount of the currency of the books in the other one, rounded HALF_UP at its smallest coin.
     *
     * @throws IllegalArgumentException if the amount is not in the currency of the books
     */
    public Money abroad(Money amount) {
        if (!amount.currency().equals(home)) {
            throw new IllegalArgumentException("a rate of " + home + " tells nothing of " + amount.currency());
        }
        return new Money(
                amount.amount().multiply(perHome).setScale(other.getDefaultFractionDigits(), RoundingMode.HALF_UP),
                other);
    }

    private Money told(Money amount, int decimals) {
        if (!amount.currency().equals(other)) {
            throw new IllegalArgumentException("a rate of " + other + " tells nothing of " + amount.currency());
        }
        return new Money(amount.amount().divide(perHome, decimals, RoundingMode.HALF_UP), home);
    }
}
