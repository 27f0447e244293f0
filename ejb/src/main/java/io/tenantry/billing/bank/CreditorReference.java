package io.tenantry.billing.bank;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Payment references according to ISO 11649: RF, two check digits and, as issued here, ten more digits. The check digits reveal typing errors.
 */
final class CreditorReference {
    private static final Pattern SHAPE = Pattern.compile("(?=(RF[0-9]{12}))");
    private static final Pattern SEPARATOR = Pattern.compile("[ ./-]");
    private static final Pattern RUN = Pattern.compile("[0-9]+(?:" + SEPARATOR + "[0-9]+)*+");
    /** A reference of this platform directly followed by another digit, so that it may be a different number. */
    private static final Pattern LONGER = Pattern.compile("R[ ./-]?F(?:[ ./-]?[0-9]){12}[0-9]");
    /** References of any length, in one piece or in groups of four. */
    private static final Pattern ANY = Pattern.compile(
            "(?<![A-Z0-9])RF[0-9]{2}(?:[A-Z0-9]{1,21}|(?: [A-Z0-9]{4}){1,5}(?: [A-Z0-9]{1,3})?)(?![A-Z0-9])");

    private static final int WINDOW_MAX = 40;
    private static final int HEAD = 4;
    private static final int LENGTH = 10;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    private CreditorReference() {}

    /** Whether it has the form of a reference issued here and its check digits are correct. */
    static boolean isValid(String packed) {
        return SHAPE.matcher(packed).lookingAt() && packed.length() == HEAD + LENGTH && fits(packed);
    }

    private static boolean fits(String packed) {
        var digits = new StringBuilder();
        (packed.substring(HEAD) + packed.substring(0, HEAD))
                .chars()
                .forEach(sign -> digits.append(Character.digit(sign, Character.MAX_RADIX)));
        return new BigInteger(digits.toString()).mod(MODULUS).equals(BigInteger.ONE);
    }

    /** Whether a text contains exactly one reference, nothing that may be a second one, and no longer number that starts like one. */
    static boolean isOnlyOne(String text) {
        var all = in(text);
        var upper = text.toUpperCase(Locale.ROOT);
        return all.size() == 1
                && !LONGER.matcher(upper).find()
                && ANY.matcher(upper)
                        .results()
                        .map(found -> packed(found.group()))
                        .allMatch(found -> all.contains(found) || !fits(found));
    }

    /** Returns the references in a text regardless of spacing, because banks break lines anywhere. */
    static Set<String> in(String text) {
        var found = new TreeSet<String>();
        for (var each = SHAPE.matcher(packed(text)); each.find(); ) {
            var reference = each.group(1);
            if (isValid(reference)) {
                found.add(reference);
            }
        }
        return found;
    }

    /** Returns groups of ten digits, with or without spaces, that may be a reference whose prefix is missing or mistyped. */
    static Set<String> digitsIn(String text) {
        var found = new TreeSet<String>();
        for (var each = SHAPE.matcher(packed(text)); each.find(); ) {
            found.add(each.group(1).substring(HEAD));
        }
        for (var each = RUN.matcher(text); each.find(); ) {
            found.addAll(tens(SEPARATOR.split(each.group())));
        }
        return found;
    }

    /** Returns adjacent groups of digits that together have ten digits, and every run of ten digits within a longer group. */
    private static Set<String> tens(String[] groups) {
        var found = new TreeSet<String>();
        for (var from = 0; from < groups.length; from++) {
            var digits = new StringBuilder();
            for (var at = from; at < groups.length && digits.length() < LENGTH; at++) {
                digits.append(groups[at]);
            }
            for (var at = 0; at + LENGTH < Math.min(groups[from].length(), WINDOW_MAX) + 1; at++) {
                found.add(groups[from].substring(
                        at, at + LENGTH)); // For example, a reference with check digits but without the letters.
            }
            if (digits.length() == LENGTH) {
                found.add(digits.toString());
            }
        }
        return found;
    }

    private static String packed(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }

    /** The reference grouped for reading. */
    static String grouped(String reference) {
        return reference.replaceAll("(.{4})(?!$)", "$1 ");
    }
}
