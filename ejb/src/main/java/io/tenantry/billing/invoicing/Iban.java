package io.tenantry.billing.invoicing;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** Numbers of bank accounts by ISO 13616. */
final class Iban {
    private static final Pattern SHAPE = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
    private static final int HEAD = 4;
    private static final int RADIX = 36;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    private Iban() {}

    /**
     * The number as computers write it, from the form in which its owner knows it: with blanks and signs within and words around it. What has no
     * such number stays as it was typed, packed.
     */
    static String normalized(String typed) {
        var packed = PostalAddress.packed(typed);
        return packed.isEmpty() || isValid(packed)
                ? packed
                : Labelled.parts(typed)
                        .flatMap(List::stream)
                        .map(part -> PostalAddress.packed(part.text()))
                        .filter(Iban::isValid)
                        .findFirst()
                        .orElse(packed);
    }

    /** Whether its check digits fit, by which a mistyped one is known. */
    static boolean isValid(String packed) {
        if (!SHAPE.matcher(packed).matches()) {
            return false;
        }
        var digits = new StringBuilder();
        (packed.substring(HEAD) + packed.substring(0, HEAD))
                .chars()
                .forEach(sign -> digits.append(Character.digit(sign, RADIX)));
        return new BigInteger(digits.toString()).mod(MODULUS).equals(BigInteger.ONE);
    }
}
