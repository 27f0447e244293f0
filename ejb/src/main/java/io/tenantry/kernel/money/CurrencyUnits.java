package io.tenantry.kernel.money;

import java.util.Currency;

/** Which of the currencies that Java knows can be sold in. */
public final class CurrencyUnits {
    private static final int DECIMALS_MAX = 4;

    private CurrencyUnits() {}

    /** Whether amounts in it are counted in units and decimals of these: those in metals and test codes are not. */
    public static boolean areCounted(Currency currency) {
        return currency.getDefaultFractionDigits() >= 0 && currency.getDefaultFractionDigits() <= DECIMALS_MAX;
    }
}
