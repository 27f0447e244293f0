package io.tenantry.billing.invoicing;

import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * VAT numbers of the member states of the European Union, Northern Ireland, the United Kingdom, Switzerland and Norway: their formats, and
 * check digits as far as their algorithms are certain. Only the state can tell whether such a number has been assigned.
 */
final class VatNumber {
    private static final int COUNTRY = 2;

    /** Formats of the part after the two letters. Greece uses EL, Northern Ireland XI. */
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

    /** Example numbers of each state, shown for faulty ones. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("AT", "ATU12345678"),
            Map.entry("BE", "BE0123456789"),
            Map.entry("BG", "BG123456789"),
            Map.entry("CH", "CHE123456789 MWST"),
            Map.entry("CY", "CY12345678X"),
            Map.entry("CZ", "CZ12345678"),
            Map.entry("DE", "DE123456789"),
            Map.entry("DK", "DK12345678"),
            Map.entry("EE", "EE123456789"),
            Map.entry("EL", "EL123456789"),
            Map.entry("ES", "ESX12345678"),
            Map.entry("FI", "FI12345678"),
            Map.entry("FR", "FR12345678901"),
            Map.entry("GB", "GB123456789"),
            Map.entry("HR", "HR12345678901"),
            Map.entry("HU", "HU12345678"),
            Map.entry("IE", "IE1234567AB"),
            Map.entry("IT", "IT12345678901"),
            Map.entry("LT", "LT123456789"),
            Map.entry("LU", "LU12345678"),
            Map.entry("LV", "LV12345678901"),
            Map.entry("MT", "MT12345678"),
            Map.entry("NL", "NL123456789B01"),
            Map.entry("NO", "NO123456789MVA"),
            Map.entry("PL", "PL1234567890"),
            Map.entry("PT", "PT123456789"),
            Map.entry("RO", "RO12345678"),
            Map.entry("SE", "SE123456789001"),
            Map.entry("SI", "SI12345678"),
            Map.entry("SK", "SK1234567890"),
            Map.entry("XI", "XI123456789"));

    /** Countries by ISO 3166 whose numbers start with other letters. */
    private static final Map<String, String> PREFIXES = Map.of("GR", "EL", "LI", "CH", "MC", "FR", "IM", "GB");

    /** Letters commonly written in place of those of the state. */
    private static final Map<String, String> SYNONYMS = Map.of("GR", "EL", "UK", "GB");

    /** Labels printed before a number, in the languages of the states, without blanks and signs. */
    private static final Pattern LABEL = Pattern.compile("(?:"
            + String.join(
                    "|",
                    "UMSATZSTEUER(?:ID)?(?:ENTIFIKATIONS)?(?:NR|NUMMER)?",
                    "UST(?:ID)?(?:ENTIFIKATIONS)?(?:NR|NUMMER)?",
                    "MWST(?:ID)?(?:NR|NUMMER)?",
                    "UID(?:NR|NUMMER)?",
                    "VAT(?:REG(?:ISTRATION)?)?(?:ID(?:ENTIFICATION)?)?(?:NO|NR|NUMBER|NUM|N)?",
                    "(?:N[O\u00B0\u00BA]?)?(?:DE)?TVA(?:INTRA(?:COMMUNAUTAIRE|COM)?)?(?:N[O\u00B0\u00BA]?)?",
                    "(?:P|PARTITA)IVA",
                    "(?:NUMERO)?IVA",
                    "NIFIVA|NIF|CIF|NIPC",
                    "BTW(?:ID)?(?:NR|NUMMER)?",
                    "NIP(?:UE)?",
                    "\u0391\u03A6\u039C|AFM",
                    "MOMS(?:REG)?(?:NR|NUMMER)?|CVR(?:NR)?|SE(?=SE)",
                    "ALV(?:NRO|NUMERO)?",
                    "DI\u010C|DIC|I\u010CDPH|ICDPH",
                    "KMKR(?:NR)?|PVN(?:NR)?|PVM(?:KODAS)?|OIB|IDZADDV",
                    "(?:KOZOSSEGI|EU)?ADOSZAM|ADOSZ[A\u00C1]M",
                    "CUI|CODFISCAL",
                    "TAX(?:ID|NO|NUMBER)?")
            + ")(?=.)");

    private static final Pattern SIGNS =
            Pattern.compile("[:;#(),=*?\u00B0\u00BA\"<>|\\[\\]{}\u201C-\u201F\u00AB\u00BB]");
    private static final Pattern HUNGARIAN_SHAPE =
            Pattern.compile("(?:HU)?[0-9]{8}\\P{Alnum}+[1-5]\\P{Alnum}+[0-9]{2}");
    private static final Pattern HUNGARIAN = Pattern.compile("[0-9]{8}[1-5][0-9]{2}");
    private static final Pattern GREEK_SHORT = Pattern.compile("[0-9]{8}");
    private static final Pattern BELGIAN_OLD = Pattern.compile("[0-9]{9}");
    private static final Pattern SWISS = Pattern.compile("E?[0-9]{9}(?:MWST|TVA|IVA|VAT|HR|RC)*");

    private VatNumber() {}

    /** Fault of a number. */
    enum Fault {
        /** It does not start with the letters of a state. */
        COUNTRY,
        /** It does not have the format of its state. */
        FORMAT,
        /** Its format is correct but its check digit is not: it is mistyped. */
        CHECK_DIGIT
    }

    /**
     * Returns the number in its electronic form, from a customary form: with any blanks and punctuation in it and a label before it, with
     * {@code GR}, in the domestic form of Hungary or of old Belgian documents, or without the letters of the state if the country of the
     * address determines them. Text with several readings or none is returned as typed, packed.
     *
     * @param country of the address, by ISO 3166; empty if unknown
     */
    static String normalized(String typed, String country) {
        String packed;
        try {
            var identifier = InputText.identifier(typed);
            // Old Irish numbers contain an asterisk; in all others it is punctuation.
            packed = isValid(identifier) ? identifier : packed(identifier);
        } catch (UnacceptableText refused) {
            return InputText.searchTerm(typed);
        }
        if (packed.isEmpty() || isValid(packed)) {
            return packed;
        }
        var found = new LinkedHashSet<String>();
        var isHungarian = HUNGARIAN_SHAPE
                .matcher(InputText.searchTerm(typed).toUpperCase(Locale.ROOT))
                .find();
        var unlabelled =
                LABEL.matcher(packed).lookingAt() ? LABEL.matcher(packed).replaceFirst("") : packed;
        for (var text : new LinkedHashSet<>(List.of(packed, unlabelled))) {
            readings(text, country, isHungarian).filter(VatNumber::isValid).forEach(found::add);
        }
        if (found.isEmpty()) {
            found.addAll(betweenWords(typed, country, isHungarian));
        }
        return found.size() == 1 ? found.iterator().next() : packed;
    }

    /** Returns valid numbers surrounded by words that are not known labels; the longest match. */
    private static Set<String> betweenWords(String typed, String country, boolean isHungarian) {
        return LabelledNumber.parts(typed)
                .map(parts -> parts.stream()
                        .flatMap(part -> readings(
                                packed(InputText.identifier(part.text())),
                                part.isForeign() ? "" : country,
                                isHungarian))
                        .filter(VatNumber::isValid)
                        .collect(Collectors.toSet()))
                .filter(numbers -> !numbers.isEmpty())
                .findFirst()
                .orElse(Set.of());
    }

    private static String packed(String identifier) {
        return SIGNS.matcher(identifier).replaceAll("");
    }

    /** Returns the fault of an invalid packed number. */
    static Fault fault(String packed) {
        var text = withoutLabel(packed);
        var shape = SHAPES.get(letters(text));
        if (shape == null) {
            return Fault.COUNTRY;
        }
        return shape.matcher(text.substring(COUNTRY)).matches() ? Fault.CHECK_DIGIT : Fault.FORMAT;
    }

    /**
     * Returns an example of a number of the state whose letters a packed one starts with, or else of a country.
     *
     * @param country of the address, by ISO 3166
     */
    static String example(String packed, String country) {
        var own = EXAMPLES.get(letters(withoutLabel(packed)));
        return own == null ? EXAMPLES.getOrDefault(PREFIXES.getOrDefault(country, country), "DE123456789") : own;
    }

    /** Returns the letters of a state that a text starts with, in the state's own form; empty if it is too short. */
    private static String letters(String text) {
        var written = text.length() > COUNTRY ? text.substring(0, COUNTRY) : "";
        return SYNONYMS.getOrDefault(written, written);
    }

    /** Returns the text without a label before the number, unless it already starts with the letters of a state. */
    private static String withoutLabel(String packed) {
        var label = LABEL.matcher(packed);
        if (SHAPES.containsKey(letters(packed)) || !label.lookingAt()) {
            return packed;
        }
        return packed.substring(label.end());
    }

    /** Returns the possible readings of a text without blanks and signs. */
    private static Stream<String> readings(String text, String country, boolean isHungarian) {
        if (text.length() > COUNTRY && Character.isLetter(text.charAt(0)) && Character.isLetter(text.charAt(1))) {
            var letters = letters(text);
            if (SHAPES.containsKey(letters)) {
                return national(letters, text.substring(COUNTRY));
            }
        }
        if (!country.isEmpty()) {
            return national(PREFIXES.getOrDefault(country, country), text);
        }
        return isHungarian ? national("HU", text) : Stream.empty();
    }

    /** Returns the part after the letters, converted to the standard form where a state has several. */
    private static Stream<String> national(String letters, String rest) {
        var forms = Stream.<String>builder();
        forms.add(rest);
        switch (letters) {
            case "AT" -> forms.add("U" + rest);
            case "BE" -> {
                if (BELGIAN_OLD.matcher(rest).matches()) {
                    forms.add("0" + rest);
                }
            }
            case "EL" -> {
                // Old numbers have eight digits, and spreadsheets drop the zero of newer ones.
                if (GREEK_SHORT.matcher(rest).matches()) {
                    forms.add("0" + rest);
                }
            }
            case "CH" -> {
                if (SWISS.matcher(rest).matches()) {
                    var digits = rest.replaceAll("[^0-9]", "");
                    var tax = rest.contains("MWST")
                            ? "MWST"
                            : rest.contains("TVA") ? "TVA" : rest.contains("IVA") ? "IVA" : "";
                    forms.add("E" + digits + tax);
                }
            }
            case "HU" -> {
                if (HUNGARIAN.matcher(rest).matches() && VatCheckDigits.isHungarian(rest)) {
                    forms.add(rest.substring(0, 8));
                }
            }
            default -> {}
        }
        return forms.build().distinct().map(form -> letters + form);
    }

    private static Map.Entry<String, Pattern> shape(String country, String rest) {
        return Map.entry(country, Pattern.compile(rest));
    }

    /**
     * Whether it has the format of the country that it starts with, and correct check digits. False for other countries, which are unknown.
     */
    static boolean isValid(String packed) {
        if (packed.length() <= COUNTRY) {
            return false;
        }
        var country = packed.substring(0, COUNTRY);
        var rest = packed.substring(COUNTRY);
        var shape = SHAPES.get(country);
        return shape != null && shape.matcher(rest).matches() && VatCheckDigits.match(country, rest);
    }
}
