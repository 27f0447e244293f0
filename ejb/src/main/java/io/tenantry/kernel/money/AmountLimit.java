package io.tenantry.kernel.money;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;

/**
 * The maximum of an amount that a person enters: a guard against typing errors, not a business rule. It is given for currencies like the euro
 * or the dollar; where a unit is worth less than a hundredth of a euro, the bound is multiplied by the matching power of ten: a million is the
 * price of a small server in Indonesia. Only the order of magnitude counts, so no exchange rate is used.
 */
public final class AmountLimit {
    private static final int HUNDRED = 100;
    private static final int THOUSAND = 1_000;
    private static final int TEN_THOUSAND = 10_000;

    /** Currencies of which a euro is worth some hundreds. */
    private static final Set<String> HUNDREDS = Set.of(
            "AMD", "BDT", "CRC", "CVE", "DJF", "DZD", "ETB", "GYD", "HTG", "HUF", "INR", "ISK", "JMD", "JPY", "KES",
            "KGS", "KMF", "KZT", "LKR", "LRD", "NPR", "PKR", "RSD", "SDG", "SOS", "VES", "VUV", "XAF", "XOF", "XPF",
            "YER");

    /** Currencies of which a euro is worth some thousands. */
    private static final Set<String> THOUSANDS = Set.of(
            "AOA", "ARS", "BIF", "CDF", "CLP", "COP", "IQD", "KHR", "KRW", "MGA", "MMK", "MNT", "MWK", "NGN", "PYG",
            "RWF", "SSP", "TZS", "UGX");

    /** Currencies of which a euro is worth ten thousand or more. */
    private static final Set<String> TENS_OF_THOUSANDS =
            Set.of("GNF", "IDR", "IRR", "LAK", "LBP", "SLL", "STD", "SYP", "UZS", "VND");

    private AmountLimit() {}

    /**
     * Returns the maximum amount in a currency.
     *
     * @param common the maximum in currencies like the euro
     */
    public static BigDecimal of(BigDecimal common, Currency currency) {
        return common.multiply(BigDecimal.valueOf(factor(currency.getCurrencyCode())));
    }

    private static int factor(String code) {
        if (HUNDREDS.contains(code)) {
            return HUNDRED;
        }
        if (THOUSANDS.contains(code)) {
            return THOUSAND;
        }
        return TENS_OF_THOUSANDS.contains(code) ? TEN_THOUSAND : 1;
    }
}
