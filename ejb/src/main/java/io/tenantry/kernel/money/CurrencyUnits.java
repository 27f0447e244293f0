package io.tenantry.kernel.money;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Which of the currencies that Java knows can be sold in. */
public final class CurrencyUnits {
    private static final int DECIMALS_MAX = 4;

    private CurrencyUnits() {}

    /** Whether amounts in it are counted in units and decimals of these: those in metals and test codes are not. */
    public static boolean areCounted(Currency currency) {
        return currency.getDefaultFractionDigits() >= 0 && currency.getDefaultFractionDigits() <= DECIMALS_MAX;
    }

    /**
     * The currencies of today's countries, by code. Java also knows those that have gone ({@code DEM}), units of account ({@code CLF}) and codes that
     * nobody pays with ({@code AYM}).
     */
    public static List<Currency> current() {
        return Arrays.stream(Locale.getISOCountries())
                .map(country -> Currency.getInstance(
                        new Locale.Builder().setRegion(country).build()))
                .filter(Objects::nonNull)
                .filter(CurrencyUnits::areCounted)
                .distinct()
                .sorted(Comparator.comparing(Currency::getCurrencyCode))
                .toList();
    }
}
