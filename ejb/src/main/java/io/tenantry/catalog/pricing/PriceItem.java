package io.tenantry.catalog.pricing;

import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A price of a list: what a month of one unit costs a reseller, in the currency of the list.
 *
 * @param monthly at most eight decimals, not below zero
 * @param orderable whether resellers may publish new prices for it; what runs goes on at this price either way
 * @param cost what the provider asked when the price was taken from it; empty if it was typed
 */
public record PriceItem(PriceKey key, BigDecimal monthly, boolean orderable, Optional<Cost> cost) {
    private static final BigDecimal MONTHLY_MAX = new BigDecimal("1000000");

    public PriceItem {
        monthly = monthly.setScale(Money.SCALE);
    }

    /**
     * What a provider asked.
     *
     * @param monthly in the provider's currency
     * @param rate how it was converted; empty if the provider's currency is that of the list
     */
    public record Cost(Money monthly, Optional<Rate> rate) {}

    /**
     * A kept exchange rate.
     *
     * @param value units of the provider's currency for one of the list's
     * @param source who said it
     */
    public record Rate(BigDecimal value, LocalDate day, String source) {}

    /** The same after a draft had it before: a price that stays keeps what it was made of, which files and forms do not tell. */
    PriceItem after(@Nullable PriceItem before) {
        return cost.isEmpty() && before != null && monthly.compareTo(before.monthly()) == 0
                ? new PriceItem(key, monthly, orderable, before.cost())
                : this;
    }

    /** The same, no longer sold. */
    PriceItem discontinued() {
        return new PriceItem(key, monthly, false, cost);
    }

    /** Whether it can be kept in a list of that currency. */
    public boolean isFit(Currency currency) {
        return PriceKey.isProvider(key.provider()) && key.isCode() && key.isRegion() && isPrice(monthly, currency);
    }

    /** The highest price of a list in a currency. */
    public static BigDecimal highest(Currency currency) {
        return AmountLimit.of(MONTHLY_MAX, currency);
    }

    /** Whether a price can be that: not below zero, not too high, at most eight decimals. */
    public static boolean isPrice(BigDecimal amount, Currency currency) {
        return amount.signum() >= 0
                && amount.compareTo(highest(currency)) <= 0
                && amount.stripTrailingZeros().scale() <= Money.SCALE;
    }
}
