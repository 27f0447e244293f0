package io.tenantry.kernel.money;

import java.util.Currency;

/** The currencies known to Java that can be used for sales. */
public final class CurrencyUnits {
    private static final int DECIMALS_MAX = 4;

    private CurrencyUnits() {}

    /** Whether amounts in the currency have units and decimals: metals and test codes do not. */
    public static boolean areCounted(Currency currency) {
        return currency.getDefaultFractionDigits() >= 0 && currency.getDefaultFractionDigits() <= DECIMALS_MAX;
    }
}
