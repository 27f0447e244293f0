package io.tenantry.billing.invoicing;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** International bank account numbers according to ISO 13616. */
final class Iban {
    private static final Pattern SHAPE = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
    private static final int HEAD = 4;
    private static final int RADIX = 36;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    private Iban() {}

    /**
     * Returns the number in its electronic form, from a customary form: with blanks and punctuation in it and words around it. Text without
     * such a number is returned as typed, packed.
     */
    static String normalized(String typed) {
        var packed = PostalAddress.packed(typed);
        return packed.isEmpty() || isValid(packed)
                ? packed
                : LabelledNumber.parts(typed)
                        .flatMap(List::stream)
                        .map(part -> PostalAddress.packed(part.text()))
                        .filter(Iban::isValid)
                        .findFirst()
                        .orElse(packed);
    }

    /** Whether its check digits are correct, which detects typing errors. */
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
