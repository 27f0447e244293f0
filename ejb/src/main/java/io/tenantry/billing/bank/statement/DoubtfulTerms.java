package io.tenantry.billing.bank.statement;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares banks' terms regardless of case, accents and punctuation. */
final class DoubtfulTerms {
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    /** Soft hyphens, joiners and similar characters, which are invisible within a word. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}+");

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final int ASCII = 128;
    /** Letters that Unicode does not decompose, each followed by the letters that replace it. */
    private static final List<String> STROKED = List.of(
            "\u00f8o", "\u0142l", "\u0111d", "\u0131i", "\u00e6ae", "\u0153oe", "\u00feth", "\u00f0d", "\u0127h");

    private DoubtfulTerms() {}

    /** Returns the text as lower-case letters and digits with single blanks; umlauts become their base letters. */
    static String fold(String text) {
        return text.chars().allMatch(sign -> sign < ASCII) ? foldPlain(text) : foldMarked(text);
    }

    /** Same as {@link #foldMarked}, but many times faster; a bank file has hundreds of thousands of cells. */
    private static String foldPlain(String text) {
        var folded = new StringBuilder(text.length());
        for (var at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            if ((sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9')) {
                folded.append(sign);
            } else if (sign >= 'A' && sign <= 'Z') {
                folded.append((char) (sign + ('a' - 'A')));
            } else if (folded.length() > 0 && folded.charAt(folded.length() - 1) != ' ') {
                folded.append(' ');
            }
        }
        return folded.toString().stripTrailing();
    }

    private static String foldMarked(String text) {
        var seen = UNSEEN.matcher(text).replaceAll("");
        var plain = Normalizer.normalize(seen.replace("ß", "ss").replace("ẞ", "ss"), Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT);
        return NO_WORD.matcher(unstroked(MARKS.matcher(plain).replaceAll("")))
                .replaceAll(" ")
                .strip();
    }

    /** Replaces the letters that Unicode does not decompose, such as a stroked "o". */
    private static String unstroked(String lower) {
        var plain = lower;
        for (var letter : STROKED) {
            plain = plain.replace(letter.substring(0, 1), letter.substring(1));
        }
        return plain;
    }

    /** Returns a set of folded words from a comma-separated list; umlauts and similar letters are also added as two letters. */
    static Set<String> words(String list) {
        return Arrays.stream(list.split(",", -1))
                .flatMap(word -> Arrays.stream(new String[] {
                    fold(word),
                    fold(word.replace("ä", "ae")
                            .replace("ö", "oe")
                            .replace("ü", "ue")
                            .replace("\u00f8", "oe")
                            .replace("\u00e5", "aa"))
                }))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether folded text is a word or starts with it. */
    static boolean startsWith(String folded, String word) {
        return folded.startsWith(word) && (folded.length() == word.length() || folded.charAt(word.length()) == ' ');
    }

    /** Whether folded text contains a word as a whole. */
    static boolean contains(String folded, String word) {
        return (" " + folded + " ").contains(" " + word + " ");
    }
}
