package io.tenantry.dunning;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a step costs whoever it is taken against. It makes good what late payment costs the reseller, is no price of anything, and so bears no tax.
 *
 * @param percent of the debt, of a hundred; empty if it is always the same amount
 * @param most that amount, or the most that the percentage comes to
 */
public record LateFee(Optional<BigDecimal> percent, Money most) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Decimals of a percentage. */
    private static final int SCALE_MAX = 4;

    /** Whether it may be asked for: something, and not more than the debt itself. */
    boolean isPossible() {
        return most.isPositive()
                && most.amount().stripTrailingZeros().scale()
                        <= Math.max(0, most.currency().getDefaultFractionDigits())
                && percent.filter(one -> one.signum() <= 0
                                || one.compareTo(HUNDRED) > 0
                                || one.stripTrailingZeros().scale() > SCALE_MAX)
                        .isEmpty();
    }

    /**
     * What it comes to, to the smallest unit of the currency, half a unit upwards.
     *
     * @param debt what is owed, without the fees that were taken for it; nothing is taken of nothing
     */
    Money of(Money debt) {
        var digits = Math.max(0, most.currency().getDefaultFractionDigits());
        var share = percent.map(part -> debt.amount().multiply(part).divide(HUNDRED, digits, RoundingMode.HALF_UP))
                .orElse(most.amount());
        return new Money(share.max(BigDecimal.ZERO).min(most.amount()), most.currency());
    }
}
