package io.tenantry.billing.invoicing;

import io.tenantry.text.InputText;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A number between words, as in {@code Org.nr. NO 974 760 673 MVA (Foretaksregisteret)}: determines which parts of a text could be the number,
 * regardless of the words and their language. Words contain no digits, so a number that starts or ends with one is never truncated.
 */
final class LabelledNumber {
    /** Maximum length of texts that are searched for a number. */
    private static final int LENGTH_MAX = 120;

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** VAT prefixes that are not ISO country codes. */
    private static final Set<String> OTHERS = Set.of("EL", "UK", "XI");

    /** An abbreviation of "number" in many languages; also the code of Nauru, which has no VAT numbers. */
    private static final String NUMBER = "NR";

    private LabelledNumber() {}

    /**
     * A part of a text with word boundaries at both ends.
     *
     * @param word the last word before it; empty if there is none
     */
    record Part(String text, String word) {
        /** Whether a country prefix precedes it, so that it need not belong to the expected country. */
        boolean isForeign() {
            return !word.equals(NUMBER) && (COUNTRIES.contains(word) || OTHERS.contains(word));
        }
    }

    /** Returns the parts grouped by their end, those with the most text first; within each group by their start. */
    static Stream<List<Part>> parts(String typed) {
        var text = Normalizer.normalize(InputText.searchTerm(typed), Normalizer.Form.NFKC);
        var first = firstDigit(text);
        if (first < 0 || text.length() > LENGTH_MAX) {
            return Stream.empty();
        }
        return IntStream.rangeClosed(0, text.length())
                .map(back -> text.length() - back)
                .filter(end -> end > lastDigit(text) && isEdge(text, end))
                .mapToObj(end -> beginnings(text, first, end));
    }

    private static List<Part> beginnings(String text, int first, int end) {
        var parts = new ArrayList<Part>();
        var word = "";
        for (var at = 0; at <= first; at++) {
            if (isEdge(text, at) && Character.isLetterOrDigit(text.charAt(at))) {
                parts.add(new Part(text.substring(at, end), word));
                word = wordAt(text, at);
            }
        }
        return parts;
    }

    private static String wordAt(String text, int from) {
        var to = from;
        while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
            to++;
        }
        return text.substring(from, to);
    }

    /** Whether there is a word boundary at this position. */
    private static boolean isEdge(String text, int at) {
        return at == 0
                || at == text.length()
                || Character.isLetterOrDigit(text.charAt(at - 1)) != Character.isLetterOrDigit(text.charAt(at));
    }

    private static int firstDigit(String text) {
        return IntStream.range(0, text.length())
                .filter(at -> Character.isDigit(text.charAt(at)))
                .findFirst()
                .orElse(-1);
    }

    private static int lastDigit(String text) {
        return IntStream.range(0, text.length())
                .filter(at -> Character.isDigit(text.charAt(at)))
                .max()
                .orElse(-1);
    }
}
