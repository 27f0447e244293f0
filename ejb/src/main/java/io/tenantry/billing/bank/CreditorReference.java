package io.tenantry.billing.bank;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** References of payments by ISO 11649, as ours are: RF, two check digits and ten more, by which a mistyped one is known. */
final class CreditorReference {
    private static final Pattern SHAPE = Pattern.compile("(?=(RF[0-9]{12}))");
    private static final Pattern SEPARATOR = Pattern.compile("[ ./-]");
    private static final Pattern RUN = Pattern.compile("[0-9]+(?:" + SEPARATOR + "[0-9]+)*+");
    private static final int HEAD = 4;
    private static final int LENGTH = 10;
    private static final int CHECK = 2;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    private CreditorReference() {}

    /** Whether its check digits fit; R and F are 27 and 15 in what they are of. */
    static boolean isValid(String packed) {
        return SHAPE.matcher(packed).lookingAt()
                && packed.length() == HEAD + LENGTH
                && new BigInteger(packed.substring(HEAD) + "2715" + packed.substring(CHECK, HEAD))
                        .mod(MODULUS)
                        .equals(BigInteger.ONE);
    }

    /** Those that stand in a text, however it is spaced, as banks break lines where they like. */
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

    /** Ten digits, grouped or not, which may be a reference whose beginning somebody left out or mistyped. */
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

    /** Neighbouring groups of digits that together are ten. */
    private static Set<String> tens(String[] groups) {
        var found = new TreeSet<String>();
        for (var from = 0; from < groups.length; from++) {
            var digits = new StringBuilder();
            for (var at = from; at < groups.length && digits.length() < LENGTH; at++) {
                digits.append(groups[at]);
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

    /** As people read it. */
    static String grouped(String reference) {
        return reference.replaceAll("(.{4})(?!$)", "$1 ");
    }
}
