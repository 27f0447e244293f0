package io.tenantry.cloud.provider.catalog;

import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.money.SuggestedPrice;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * The reseller's markup on the cost of a size.
 *
 * @param value hundredths of the cost, or an amount in the reseller's currency; not negative
 */
public record Markup(Kind kind, BigDecimal value) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** The maximum percentage. */
    public static final BigDecimal PERCENT_MAX = BigDecimal.valueOf(10_000);

    private static final BigDecimal AMOUNT_MAX = BigDecimal.valueOf(1_000_000);

    /** How the markup is calculated. */
    public enum Kind {
        PERCENT,
        AMOUNT
    }

    /** Whether the markup is valid for a ledger in that currency: at most eight decimals and within the maximum. */
    public boolean isFit(Currency currency) {
        return value.signum() >= 0
                && value.stripTrailingZeros().scale() <= Money.SCALE
                && value.compareTo(kind == Kind.PERCENT ? PERCENT_MAX : AmountLimit.of(AMOUNT_MAX, currency)) <= 0;
    }

    /**
     * Converts the provider's price to the reseller's currency: multiplied exactly, then rounded HALF_UP to eight decimals.
     *
     * @param exchange the value of one unit of the provider's currency
     */
    public static Money cost(Money providers, BigDecimal exchange, Currency currency) {
        return new Money(SuggestedPrice.rounded(providers.amount().multiply(exchange), Money.SCALE), currency);
    }

    /**
     * The price a month that customers pay: cost and what is added, exactly, then rounded HALF_UP to the decimals that the currency has, and
     * at least its smallest coin if it costs anything. Its hourly price is derived from it as of every price of the catalog.
     */
    public Money on(Money cost) {
        var whole = switch (kind) {
            case PERCENT -> cost.amount().multiply(HUNDRED.add(value)).divide(HUNDRED);
            case AMOUNT -> cost.amount().add(value);
        };
        var digits = Math.max(0, cost.currency().getDefaultFractionDigits());
        return new Money(SuggestedPrice.rounded(whole, digits), cost.currency());
    }
}
