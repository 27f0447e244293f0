package io.tenantry.kernel.money;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The currencies known to Java that can be used for sales. */
public final class CurrencyUnits {
    private static final int DECIMALS_MAX = 4;

    private CurrencyUnits() {}

    /** Whether amounts in the currency have units and decimals: metals and test codes do not. */
    public static boolean areCounted(Currency currency) {
        return currency.getDefaultFractionDigits() >= 0 && currency.getDefaultFractionDigits() <= DECIMALS_MAX;
    }

    /** Whether an amount can be paid: it has no fractions of the currency's smallest unit. */
    public static boolean isPayable(BigDecimal amount, Currency currency) {
        return amount.stripTrailingZeros().scale() <= Math.max(currency.getDefaultFractionDigits(), 0);
    }

    /**
     * The currencies of today's countries, by code. Java also knows historical ones ({@code DEM}), units of account ({@code CLF}) and codes
     * that are not used for payments ({@code AYM}).
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
