package io.tenantry.web.portal;

import io.tenantry.kernel.money.Money;
import java.util.stream.Stream;

/** How exactly amounts are written that stand one below the other: all as the most exact of them. */
final class AlignedDecimals {
    private AlignedDecimals() {}

    /** As many decimals as the most exact amount has; at least those of a currency, none if there is none. */
    static int of(Stream<Money> amounts) {
        return amounts.mapToInt(AlignedDecimals::of).max().orElse(0);
    }

    private static int of(Money money) {
        return Math.max(
                money.currency().getDefaultFractionDigits(),
                money.amount().stripTrailingZeros().scale());
    }
}
