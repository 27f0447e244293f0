package io.tenantry.invoicing;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The numbers under which the states of the European Union, Northern Ireland, the United Kingdom, Switzerland and Norway know who sells
 * and buys: how each looks, and check digits where the state has published them. Whether such a number was given to anybody only
 * the state can tell.
 */
final class VatNumber {
    private static final int COUNTRY = 2;

    /** What follows the two letters. Greece writes EL, Northern Ireland XI. */
    private static final Map<String, Pattern> SHAPES = Map.ofEntries(
            shape("AT", "U[0-9]{8}"),
            shape("BE", "[01][0-9]{9}"),
            shape("BG", "[0-9]{9,10}"),
            shape("CY", "[0-9]{8}[A-Z]"),
            shape("CZ", "[0-9]{8,10}"),
            shape("DE", "[0-9]{9}"),
            shape("DK", "[0-9]{8}"),
            shape("EE", "[0-9]{9}"),
            shape("EL", "[0-9]{9}"),
            shape("ES", "[A-Z][0-9]{7}[A-Z0-9]|[0-9]{8}[A-Z]"),
            shape("FI", "[0-9]{8}"),
            shape("FR", "[A-HJ-NP-Z0-9]{2}[0-9]{9}"),
            shape("HR", "[0-9]{11}"),
            shape("HU", "[0-9]{8}"),
            shape("IE", "[0-9][A-Z0-9+*][0-9]{5}[A-Z]{1,2}"),
            shape("IT", "[0-9]{11}"),
            shape("LT", "[0-9]{9}|[0-9]{12}"),
            shape("LU", "[0-9]{8}"),
            shape("LV", "[0-9]{11}"),
            shape("MT", "[0-9]{8}"),
            shape("NL", "[A-Z0-9+*]{10}[0-9]{2}"),
            shape("PL", "[0-9]{10}"),
            shape("PT", "[0-9]{9}"),
            shape("RO", "[0-9]{2,10}"),
            shape("SE", "[0-9]{10}01"),
            shape("SI", "[0-9]{8}"),
            shape("SK", "[0-9]{10}"),
            shape("XI", "([0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})"),
            shape("GB", "([0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})"),
            shape("CH", "E[0-9]{9}(MWST|TVA|IVA)?"),
            shape("NO", "[0-9]{9}(MVA)?"));

    private static final Map<String, Predicate<String>> CHECKS = Map.of(
            "DE", VatNumber::isGerman,
            "AT", VatNumber::isAustrian,
            "IT", VatNumber::isLuhn,
            "PL", number -> weighs(number, 11, 6, 5, 7, 2, 3, 4, 5, 6, 7),
            "BE", VatNumber::isBelgian,
            "LU", VatNumber::isLuxembourgish);

    private VatNumber() {}

    private static Map.Entry<String, Pattern> shape(String country, String rest) {
        return Map.entry(country, Pattern.compile(rest));
    }

    /** Whether it looks as the country's that it begins with, and its check digits fit. Of other countries nothing is known: no. */
    static boolean isValid(String packed) {
        if (packed.length() <= COUNTRY) {
            return false;
        }
        var country = packed.substring(0, COUNTRY);
        var rest = packed.substring(COUNTRY);
        var shape = SHAPES.get(country);
        return shape != null
                && shape.matcher(rest).matches()
                && CHECKS.getOrDefault(country, any -> true).test(rest);
    }

    /** ISO 7064, MOD 11, 10. */
    private static boolean isGerman(String digits) {
        var product = 10;
        for (var i = 0; i < digits.length() - 1; i++) {
            var sum = (digit(digits, i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (11 - product) % 10 == digit(digits, digits.length() - 1);
    }

    /** Every other digit doubled, their cross sums added, and 96 less that. */
    private static boolean isAustrian(String rest) {
        var digits = rest.substring(1);
        var sum = 0;
        for (var i = 0; i < digits.length() - 1; i++) {
            sum += i % 2 == 0 ? digit(digits, i) : crossSum(2 * digit(digits, i));
        }
        return Math.floorMod(96 - sum, 10) == digit(digits, digits.length() - 1);
    }

    private static boolean isLuhn(String digits) {
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var isDoubled = (digits.length() - i) % 2 == 0;
            sum += isDoubled ? crossSum(2 * digit(digits, i)) : digit(digits, i);
        }
        return sum % 10 == 0;
    }

    private static boolean isBelgian(String digits) {
        return 97 - Long.parseLong(digits.substring(0, 8)) % 97 == Long.parseLong(digits.substring(8));
    }

    private static boolean isLuxembourgish(String digits) {
        return Long.parseLong(digits.substring(0, 6)) % 89 == Long.parseLong(digits.substring(6));
    }

    /** The digits, each by its weight, leave the last one when divided. */
    private static boolean weighs(String digits, int modulus, int... weights) {
        var sum = 0;
        for (var i = 0; i < weights.length; i++) {
            sum += weights[i] * digit(digits, i);
        }
        return sum % modulus == digit(digits, digits.length() - 1);
    }

    private static int crossSum(int number) {
        return number / 10 + number % 10;
    }

    private static int digit(String digits, int at) {
        return digits.charAt(at) - '0';
    }
}
