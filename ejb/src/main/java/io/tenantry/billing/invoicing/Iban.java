package io.tenantry.billing.invoicing;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** International bank account numbers according to ISO 13616. */
final class Iban {
    /** The account number of each country after its code and check digits: n digits, a letters, c either (IBAN registry of SWIFT). */
    private static final String STRUCTURES = """
            AD=8n12c AE=19n AL=8n16c AT=16n AZ=4a20c BA=16n BE=12n BG=4a6n8c BH=4a14c BI=23n BR=23n1a1c
            BY=4c4n16c CH=5n12c CR=18n CY=8n16c CZ=20n DE=18n DJ=23n DK=14n DO=4c20n EE=16n EG=25n ES=20n FI=14n
            FK=2a12n FO=14n FR=10n11c2n GB=4a14n GE=2a16n GI=4a15c GL=14n GR=7n16c GT=4c20c HN=4a20n HR=17n
            HU=24n IE=4a14n IL=19n IQ=4a15n IS=22n IT=1a10n12c JO=4a4n18c KW=4a22c KZ=3n13c LB=4n20c LC=4a24c
            LI=5n12c LT=16n LU=3n13c LV=4a13c LY=21n MC=10n11c2n MD=20c ME=18n MK=3n10c2n MN=16n MR=23n
            MT=4a5n18c MU=4a19n3a NI=4a20n NL=4a10n NO=11n OM=3n16c PK=4a16c PL=24n PS=4a21c PT=21n QA=4a21c
            RO=4a16c RS=18n RU=14n15c SA=2n18c SC=4a20n3a SD=14n SE=20n SI=15n SK=20n SM=1a10n12c SO=19n ST=21n
            SV=4a20n TL=19n TN=20n TR=6n16c UA=6n19c VA=18n VG=4a16n XK=16n YE=4a4n18c
            """;

    private static final Pattern PART = Pattern.compile("(?<![0-9])([0-9]++)([nac])");
    private static final Map<String, Pattern> SHAPES = shapes();
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

    private static Map<String, Pattern> shapes() {
        return Pattern.compile("\\s+")
                .splitAsStream(STRUCTURES.strip())
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.substring(0, 2),
                        entry -> Pattern.compile(entry.substring(0, 2) + "[0-9]{2}" + pattern(entry.substring(3)))));
    }

    private static String pattern(String structure) {
        return PART.matcher(structure).replaceAll(part -> switch (part.group(2)) {
            case "n" -> "[0-9]{" + part.group(1) + "}";
            case "a" -> "[A-Z]{" + part.group(1) + "}";
            default -> "[A-Z0-9]{" + part.group(1) + "}";
        });
    }

    /** Whether it has the structure of its country and correct check digits, which detects typing errors. */
    static boolean isValid(String packed) {
        var shape = packed.length() < HEAD ? null : SHAPES.get(packed.substring(0, 2));
        if (shape == null || !shape.matcher(packed).matches()) {
            return false;
        }
        var digits = new StringBuilder();
        (packed.substring(HEAD) + packed.substring(0, HEAD))
                .chars()
                .forEach(sign -> digits.append(Character.digit(sign, RADIX)));
        return new BigInteger(digits.toString()).mod(MODULUS).equals(BigInteger.ONE);
    }
}
