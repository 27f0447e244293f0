package io.tenantry.billing.invoicing;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Check digits of VAT numbers, of the part after the letters of the state. A form whose algorithm is not certain passes: to refuse a valid
 * number is worse than to accept a wrong one.
 */
final class VatCheckDigits {
    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String CIF_LETTERS = "JABCDEFGHI";
    private static final String IRISH_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV";
    private static final int[] CYPRIOT_ODD = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};

    private static final Pattern SPANISH_PERSON = Pattern.compile("[0-9XYZ][0-9]{7}[A-Z]");
    private static final Pattern SPANISH_COMPANY = Pattern.compile("[A-HJNP-SUVW][0-9]{7}[0-9A-J]");
    private static final Pattern IRISH = Pattern.compile("[0-9]{7}[A-W][A-W]?");
    private static final Pattern IRISH_OLD = Pattern.compile("[0-9][A-Z+*][0-9]{5}[A-W]");
    private static final Pattern DUTCH = Pattern.compile("[0-9]{9}B[0-9]{2}");
    private static final Pattern ZEROS = Pattern.compile("[A-Z]?0{2,}[A-Z]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private static final Map<String, Predicate<String>> CHECKS = Map.ofEntries(
            Map.entry("AT", rest -> isAustrian(rest.substring(1))),
            Map.entry("BE", VatCheckDigits::isBelgian),
            Map.entry("BG", rest -> rest.length() != 9 || isBulgarian(rest)),
            Map.entry("CH", rest -> isElevenMinus(rest.substring(1, 10), 11, 5, 4, 3, 2, 7, 6, 5, 4)),
            Map.entry("CY", VatCheckDigits::isCypriot),
            Map.entry("CZ", rest -> rest.length() != 8 || isCzech(rest)),
            Map.entry("DE", VatCheckDigits::isIso7064),
            Map.entry("DK", rest -> sum(rest, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0),
            Map.entry("EE", rest -> sum(rest, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0),
            Map.entry("EL", rest -> sum(rest, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == last(rest)),
            Map.entry("ES", VatCheckDigits::isSpanish),
            Map.entry("FI", rest -> sum(rest, 7, 9, 10, 5, 8, 4, 2, 1) % 11 == 0),
            Map.entry("FR", VatCheckDigits::isFrench),
            Map.entry("GB", VatCheckDigits::isBritish),
            Map.entry("HR", VatCheckDigits::isIso7064),
            Map.entry("HU", VatCheckDigits::isHungarian),
            Map.entry("IE", VatCheckDigits::isIrish),
            Map.entry("IT", VatCheckDigits::isLuhn),
            Map.entry("LT", VatCheckDigits::isLithuanian),
            Map.entry("LU", rest -> number(rest, 0, 6) % 89 == number(rest, 6, 8)),
            // Numbers of persons begin with a day, and have no check digit if they were assigned since 2017.
            Map.entry("LV", rest -> rest.charAt(0) <= '3' || sum(rest, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1) % 11 == 3),
            Map.entry("MT", rest -> sum(rest, 3, 4, 6, 7, 8, 9, 10, 1) % 37 == 0),
            Map.entry("NL", VatCheckDigits::isDutch),
            Map.entry("NO", rest -> isElevenMinus(rest.substring(0, 9), 11, 3, 2, 7, 6, 5, 4, 3, 2)),
            Map.entry("PL", rest -> sum(rest, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == last(rest)),
            Map.entry("PT", rest -> isElevenMinus(rest, 10, 9, 8, 7, 6, 5, 4, 3, 2)),
            Map.entry("RO", VatCheckDigits::isRomanian),
            Map.entry("SE", rest -> isLuhn(rest.substring(0, 10))),
            Map.entry("SI", rest -> isElevenMinus(rest, 10, 8, 7, 6, 5, 4, 3, 2)),
            Map.entry("SK", VatCheckDigits::isSlovak),
            Map.entry("XI", VatCheckDigits::isBritish));

    private VatCheckDigits() {}

    /**
     * Whether the check digits of a number are correct, as far as they are known.
     *
     * @param rest after the letters, in the format of the state
     */
    static boolean match(String letters, String rest) {
        return !isZero(letters, rest)
                && CHECKS.getOrDefault(letters, any -> true).test(rest);
    }

    /** Whether all digits that a state assigns are zeros, for which most check digits are correct; it assigns no such number. */
    private static boolean isZero(String letters, String rest) {
        var assigned = switch (letters) {
            case "BE" -> rest.substring(0, 8);
            case "FR" -> rest.substring(2);
            case "NL" -> rest.substring(0, 9);
            case "SE" -> rest.substring(0, 10);
            // Without the number of the branch; authorities count from zero.
            case "GB", "XI" -> rest.substring(0, Math.min(9, rest.length()));
            default -> rest;
        };
        return ZEROS.matcher(assigned).matches();
    }

    /** Whether the eighth digit of a Hungarian number makes the weighted sum of all a multiple of ten. */
    static boolean isHungarian(String digits) {
        return sum(digits, 9, 7, 3, 1, 9, 7, 3, 1) % 10 == 0;
    }

    /** Checks a number according to ISO 7064, MOD 11, 10. */
    private static boolean isIso7064(String digits) {
        var product = 10;
        for (var i = 0; i < digits.length() - 1; i++) {
            var sum = (digit(digits, i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (11 - product) % 10 == last(digits);
    }

    /** Checks an Austrian number: every other digit is doubled, the digit sums are added up and subtracted from 96. */
    private static boolean isAustrian(String digits) {
        var sum = 0;
        for (var i = 0; i < digits.length() - 1; i++) {
            sum += i % 2 == 0 ? digit(digits, i) : crossSum(2 * digit(digits, i));
        }
        return Math.floorMod(96 - sum, 10) == last(digits);
    }

    private static boolean isLuhn(String digits) {
        return luhn(digits) % 10 == 0;
    }

    /** Returns the sum of digits where every other one is doubled, from the last but one. */
    private static int luhn(String digits) {
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var isDoubled = (digits.length() - i) % 2 == 0;
            sum += isDoubled ? crossSum(2 * digit(digits, i)) : digit(digits, i);
        }
        return sum;
    }

    private static boolean isBelgian(String digits) {
        return 97 - number(digits, 0, 8) % 97 == number(digits, 8, 10);
    }

    private static boolean isBulgarian(String digits) {
        var check = sum(digits, 1, 2, 3, 4, 5, 6, 7, 8) % 11;
        return (check == 10 ? sum(digits, 3, 4, 5, 6, 7, 8, 9, 10) % 11 % 10 : check) == last(digits);
    }

    private static boolean isCypriot(String rest) {
        var sum = 0;
        for (var i = 0; i < rest.length() - 1; i++) {
            sum += i % 2 == 0 ? CYPRIOT_ODD[digit(rest, i)] : digit(rest, i);
        }
        return 'A' + sum % 26 == rest.charAt(rest.length() - 1);
    }

    /** Checks the number of a company; those of persons have nine or ten digits. */
    private static boolean isCzech(String digits) {
        var check = (11 - sum(digits, 8, 7, 6, 5, 4, 3, 2) % 11) % 11;
        return (check == 0 ? 1 : check % 10) == last(digits);
    }

    /** Companies have a digit or a letter, people a letter; other first letters are not checked. */
    private static boolean isSpanish(String rest) {
        if (SPANISH_PERSON.matcher(rest).matches()) {
            var first = "XYZ".indexOf(rest.charAt(0));
            var number = (first < 0 ? rest.substring(0, 1) : String.valueOf(first)) + rest.substring(1, 8);
            return DNI_LETTERS.charAt((int) (number(number, 0, 8) % 23)) == rest.charAt(8);
        }
        if (SPANISH_COMPANY.matcher(rest).matches()) {
            var check = (10 - luhn(rest.substring(1, 8) + "0") % 10) % 10;
            return rest.charAt(8) == '0' + check || rest.charAt(8) == CIF_LETTERS.charAt(check);
        }
        return true;
    }

    /** The key of two digits is computed from the number in the register; keys with letters are not checked. */
    private static boolean isFrench(String rest) {
        return !DIGITS.matcher(rest).matches() || (number(rest, 2, 11) * 100 + 12) % 97 == number(rest, 0, 2);
    }

    /** Checks by either of the two algorithms in use; numbers of authorities have none. */
    private static boolean isBritish(String rest) {
        if (!DIGITS.matcher(rest).matches()) {
            return true;
        }
        var sum = sum(rest, 8, 7, 6, 5, 4, 3, 2) + number(rest, 7, 9);
        return sum % 97 == 0 || (sum + 55) % 97 == 0;
    }

    private static boolean isIrish(String rest) {
        if (IRISH.matcher(rest).matches()) {
            var more = rest.length() > 8 ? 9 * IRISH_LETTERS.indexOf(rest.charAt(8)) : 0;
            return IRISH_LETTERS.charAt((sum(rest, 8, 7, 6, 5, 4, 3, 2) + more) % 23) == rest.charAt(7);
        }
        if (IRISH_OLD.matcher(rest).matches()) {
            var digits = "0" + rest.substring(2, 7) + rest.charAt(0);
            return IRISH_LETTERS.charAt(sum(digits, 8, 7, 6, 5, 4, 3, 2) % 23) == rest.charAt(7);
        }
        return true;
    }

    private static boolean isLithuanian(String digits) {
        var first = 0;
        var second = 0;
        for (var i = 0; i < digits.length() - 1; i++) {
            first += (1 + i % 9) * digit(digits, i);
            second += (1 + (i + 2) % 9) * digit(digits, i);
        }
        var check = first % 11;
        return (check == 10 ? second % 11 % 10 : check) == last(digits);
    }

    /** Companies and old numbers are checked modulo 11, those of sole traders since 2020 modulo 97 with the letters of the state. */
    private static boolean isDutch(String rest) {
        if (!DUTCH.matcher(rest).matches()) {
            return true;
        }
        var isOld = Math.floorMod(sum(rest, 9, 8, 7, 6, 5, 4, 3, 2) - digit(rest, 8), 11) == 0;
        var inDigits = "2321" + rest.replace("B", "11");
        var modulo = 0;
        for (var i = 0; i < inDigits.length(); i++) {
            modulo = (10 * modulo + digit(inDigits, i)) % 97;
        }
        return isOld || modulo == 1;
    }

    private static boolean isRomanian(String digits) {
        var padded = "0".repeat(10 - digits.length()) + digits;
        return 10 * sum(padded, 7, 5, 3, 2, 1, 7, 5, 3, 2) % 11 % 10 == last(digits);
    }

    /** Numbers of taxpayers are multiples of 11; those that may be a birth number are not checked. */
    private static boolean isSlovak(String digits) {
        return "234789".indexOf(digits.charAt(2)) < 0 || Long.parseLong(digits) % 11 == 0;
    }

    /** Whether the last digit is 11 minus the weighted sum modulo 11, and 0 instead of 11 and, modulo 10, instead of 10. */
    private static boolean isElevenMinus(String digits, int modulus, int... weights) {
        return (11 - sum(digits, weights) % 11) % 11 % modulus == last(digits);
    }

    private static int sum(String digits, int... weights) {
        var sum = 0;
        for (var i = 0; i < weights.length; i++) {
            sum += weights[i] * digit(digits, i);
        }
        return sum;
    }

    private static long number(String digits, int from, int to) {
        return Long.parseLong(digits.substring(from, to));
    }

    private static int crossSum(int number) {
        return number / 10 + number % 10;
    }

    private static int last(String digits) {
        return digit(digits, digits.length() - 1);
    }

    private static int digit(String digits, int at) {
        return digits.charAt(at) - '0';
    }
}
