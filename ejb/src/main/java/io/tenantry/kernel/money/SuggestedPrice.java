package io.tenantry.kernel.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Prices that are computed from others and suggested to people. */
public final class SuggestedPrice {
    private SuggestedPrice() {}

    /**
     * A price rounded HALF_UP, but never to zero unless it is zero: what costs something must not be suggested, and then sold, for nothing. The least
     * price is one unit of the last decimal.
     */
    public static BigDecimal rounded(BigDecimal exact, int decimals) {
        var rounded = exact.setScale(decimals, RoundingMode.HALF_UP);
        return rounded.signum() == 0 && exact.signum() > 0 ? BigDecimal.ONE.movePointLeft(decimals) : rounded;
    }
}
