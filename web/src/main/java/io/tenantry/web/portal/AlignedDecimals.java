package io.tenantry.web.portal;

import io.tenantry.kernel.money.Money;
import java.util.stream.Stream;

/** The number of decimals in a column of amounts: all have as many as the most exact one. */
final class AlignedDecimals {
    private AlignedDecimals() {}

    /** Returns the number of decimals of the most exact amount; at least those of its currency, zero if there are no amounts. */
    static int of(Stream<Money> amounts) {
        return amounts.mapToInt(AlignedDecimals::of).max().orElse(0);
    }

    private static int of(Money money) {
        return Math.max(
                money.currency().getDefaultFractionDigits(),
                money.amount().stripTrailingZeros().scale());
    }
}
