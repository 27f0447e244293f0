package io.tenantry.people.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Patterns that password crackers try: a word in any case with punctuation and a number around it ({@code Summer2026!}), and the names that
 * belong to a person or a site, alone, concatenated and with a number between them ({@code aurora-cloud-2026}).
 */
final class GuessablePatterns {
    /** More digits than a date has may be what makes a password hard to guess. */
    private static final int DIGITS_MAX = 8;

    /** Shorter parts of a name occur in too many other words. */
    private static final int NAME_MIN = 3;

    private static final CommonPasswords COMMON = CommonPasswords.shipped();

    private GuessablePatterns() {}

    /** Whether it is a common password, or one of those with punctuation and a number around it. */
    static boolean isCommon(String password) {
        return cores(password.toLowerCase(Locale.ROOT)).anyMatch(core -> !core.isEmpty() && COMMON.has(core));
    }

    /** Whether it consists only of names and their parts, with punctuation and a number anywhere. */
    static boolean isMadeOf(Collection<String> names, String password) {
        if (password.codePoints().filter(Character::isDigit).count() > DIGITS_MAX) {
            return false;
        }
        var letters = letters(password);
        return !letters.isEmpty() && isRowOf(parts(names), letters);
    }

    private static Stream<String> cores(String password) {
        var bare = withoutMarks(password);
        var withoutNumber = withoutMarks(bare.substring(0, numberAtTheEnd(bare)));
        return Stream.of(
                password, bare, withoutNumber, withoutMarks(withoutNumber.substring(numberAtTheStart(withoutNumber))));
    }

    private static String withoutMarks(String text) {
        var from = 0;
        var until = text.length();
        while (from < until && !isWordPart(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (until > from && !isWordPart(text.codePointBefore(until))) {
            until -= Character.charCount(text.codePointBefore(until));
        }
        return text.substring(from, until);
    }

    private static boolean isWordPart(int point) {
        return Character.isLetterOrDigit(point) || Character.getType(point) == Character.NON_SPACING_MARK;
    }

    /** Returns the start of the number at the end; the end if there is none, or one with too many digits. */
    private static int numberAtTheEnd(String text) {
        var from = text.length();
        while (from > 0 && Character.isDigit(text.charAt(from - 1))) {
            from--;
        }
        return text.length() - from > DIGITS_MAX ? text.length() : from;
    }

    private static int numberAtTheStart(String text) {
        var until = 0;
        while (until < text.length() && Character.isDigit(text.charAt(until))) {
            until++;
        }
        return until > DIGITS_MAX ? 0 : until;
    }

    private static String letters(String text) {
        var letters = new StringBuilder(text.length());
        text.toLowerCase(Locale.ROOT).codePoints().filter(Character::isLetter).forEach(letters::appendCodePoint);
        return letters.toString();
    }

    /** Returns the alphabetic characters of each name as a whole, and of each of its words. */
    private static Set<String> parts(Collection<String> names) {
        var parts = new HashSet<String>();
        for (var name : names) {
            var all = new ArrayList<>(List.of(name.split("[^\\p{L}]+")));
            all.add(name);
            all.stream()
                    .map(GuessablePatterns::letters)
                    .filter(part -> part.length() >= NAME_MIN)
                    .forEach(parts::add);
        }
        return parts;
    }

    /** Whether the text is a concatenation of parts. */
    private static boolean isRowOf(Set<String> parts, String letters) {
        var reached = new boolean[letters.length() + 1];
        reached[0] = true;
        for (var at = 0; at < letters.length(); at++) {
            if (reached[at]) {
                for (var part : parts) {
                    if (letters.startsWith(part, at)) {
                        reached[at + part.length()] = true;
                    }
                }
            }
        }
        return reached[letters.length()];
    }
}
