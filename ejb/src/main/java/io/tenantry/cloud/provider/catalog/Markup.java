package io.tenantry.cloud.provider.catalog;

import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.money.SuggestedPrice;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * What the reseller adds to what a size costs.
 *
 * @param value hundredths of the cost, or an amount in the reseller's currency; not below nothing
 */
public record Markup(Kind kind, BigDecimal value) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal PERCENT_MAX = BigDecimal.valueOf(10_000);
    private static final BigDecimal AMOUNT_MAX = BigDecimal.valueOf(1_000_000);

    /** How it is counted. */
    public enum Kind {
        PERCENT,
        AMOUNT
    }

    /** Whether the mark-up is valid for books in that currency: at most eight decimals and within the maximum. */
    public boolean isFit(Currency currency) {
        return value.signum() >= 0
                && value.stripTrailingZeros().scale() <= Money.SCALE
                && value.compareTo(kind == Kind.PERCENT ? PERCENT_MAX : AmountLimit.of(AMOUNT_MAX, currency)) <= 0;
    }

    /**
     * What the vendor's price is in the reseller's currency: multiplied exactly, then rounded HALF_UP at eight decimals.
     *
     * @param exchange what one unit of the vendor's currency is worth
     */
    public static Money cost(Money vendors, BigDecimal exchange, Currency currency) {
        return new Money(SuggestedPrice.rounded(vendors.amount().multiply(exchange), Money.SCALE), currency);
    }

    /**
     * The price a month that customers pay: cost and what is added, exactly, then rounded HALF_UP to the decimals that the currency has, and
     * at least its smallest coin if it costs anything. Its hourly price is derived from it as of every price of the catalogue.
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
