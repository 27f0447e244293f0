package io.tenantry.dunning;

import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;

/**
 * Fee of a dunning step. It compensates the reseller for the cost of late payment, is not the price of a supply, and so is not taxed.
 *
 * @param percent percentage of the debt; empty for a fixed amount
 * @param most that amount, or the maximum for the percentage
 */
public record LateFee(Optional<BigDecimal> percent, Money most) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Maximum fee in currencies like the euro ({@link AmountLimit}). */
    private static final BigDecimal AMOUNT_MAX = BigDecimal.valueOf(1_000_000);

    /** Maximum number of decimals of a percentage. */
    private static final int SCALE_MAX = 4;

    /** Returns the maximum fee in a currency. */
    public static Money maximum(Currency currency) {
        return new Money(AmountLimit.of(AMOUNT_MAX, currency), currency);
    }

    /** Whether the fee is valid: more than zero, not above the maximum, and not more than the debt itself. */
    boolean isPossible() {
        return most.isPositive()
                && most.compareTo(maximum(most.currency())) <= 0
                && CurrencyUnits.isPayable(most.amount(), most.currency())
                && percent.filter(one -> one.signum() <= 0
                                || one.compareTo(HUNDRED) > 0
                                || one.stripTrailingZeros().scale() > SCALE_MAX)
                        .isEmpty();
    }

    /**
     * Calculates the fee, rounded half up to the smallest unit of the currency.
     *
     * @param debt the debt without fees charged for it; the fee on zero is zero
     */
    Money of(Money debt) {
        var digits = Math.max(0, most.currency().getDefaultFractionDigits());
        var share = percent.map(part -> debt.amount().multiply(part).divide(HUNDRED, digits, RoundingMode.HALF_UP))
                .orElse(most.amount());
        return new Money(share.max(BigDecimal.ZERO).min(most.amount()), most.currency());
    }
}
