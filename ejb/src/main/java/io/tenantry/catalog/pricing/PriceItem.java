package io.tenantry.catalog.pricing;

import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A price of a list: the monthly cost of one unit to a reseller, in the currency of the list.
 *
 * @param monthly at most eight decimals, not below zero
 * @param orderable whether resellers may publish new prices for it; running services continue at this price either way
 * @param cost the provider's price from which it was derived; empty if it was entered by hand
 */
public record PriceItem(PriceKey key, BigDecimal monthly, boolean orderable, Optional<Cost> cost) {
    private static final BigDecimal MONTHLY_MAX = new BigDecimal("1000000");

    public PriceItem {
        monthly = monthly.setScale(Money.SCALE);
    }

    /**
     * A provider's price.
     *
     * @param monthly in the provider's currency
     * @param rate how it was converted; empty if the provider's currency is that of the list
     */
    public record Cost(Money monthly, Optional<Rate> rate) {}

    /**
     * The exchange rate of a conversion.
     *
     * @param value units of the provider's currency for one of the list's
     * @param source who published it
     */
    public record Rate(BigDecimal value, LocalDate day, String source) {}

    /** Returns items by key; of several with the same key the last one. */
    static SortedMap<PriceKey, PriceItem> byKey(Collection<PriceItem> items) {
        var all = new TreeMap<PriceKey, PriceItem>();
        items.forEach(item -> all.put(item.key(), item));
        return all;
    }

    /** Returns the item without its cost, as it is offered to resellers. */
    PriceItem offer() {
        return new PriceItem(key, monthly, orderable, Optional.empty());
    }

    /** Returns the item as successor of a draft's previous one: an unchanged price keeps its cost, which files and forms do not contain. */
    PriceItem after(@Nullable PriceItem before) {
        return cost.isEmpty() && before != null && monthly.compareTo(before.monthly()) == 0
                ? new PriceItem(key, monthly, orderable, before.cost())
                : this;
    }

    /** Returns the same item, marked as discontinued. */
    PriceItem discontinued() {
        return new PriceItem(key, monthly, false, cost);
    }

    /** Whether it is valid in a list of that currency. */
    public boolean isFit(Currency currency) {
        return PriceKey.isProvider(key.provider()) && key.isCode() && key.isRegion() && isPrice(monthly, currency);
    }

    /** Returns the highest price of a list in a currency. */
    public static BigDecimal highest(Currency currency) {
        return AmountLimit.of(MONTHLY_MAX, currency);
    }

    /** Whether an amount is a valid price: not below zero, not too high, at most eight decimals. */
    public static boolean isPrice(BigDecimal amount, Currency currency) {
        return amount.signum() >= 0
                && amount.compareTo(highest(currency)) <= 0
                && amount.stripTrailingZeros().scale() <= Money.SCALE;
    }
}
