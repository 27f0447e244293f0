package io.tenantry.text;

import io.tenantry.text.UnacceptableText.Reason;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Normalizes text that was typed, pasted or sent into the form in which it is stored. One method for each kind of text; all of them are
 * idempotent. White space is defined by Unicode (including no-break, thin and ideographic spaces), invisible characters are removed unless a
 * script needs them (joiners in Persian, Hindi and emoji stay), and equivalent spellings are composed (normalization form C).
 *
 * <p>NUL and other control characters, unpaired surrogates, noncharacters and directional overrides are refused with {@link UnacceptableText},
 * and in a line also embeddings, isolates and, unless it has right-to-left characters, directional marks. Fields of pages and bodies of the API
 * are normalized like this on arrival ({@code docs/adr/0037-text-input.md}); in plain forms, paths and queries only refused characters are
 * removed or rejected there, and the use case normalizes the rest.
 */
public final class InputText {
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    private InputText() {}

    /**
     * A text of one line, such as a name: trimmed, each run of white space or line breaks one space; empty if there is nothing to read in it.
     *
     * @throws UnacceptableText if it contains a forbidden character
     */
    public static String line(String typed) {
        if (isPlainLine(typed)) {
            return typed;
        }
        refuseNeedlessMarks(typed);
        return collapsed(settled(typed, true));
    }

    /** Whether {@link #line(String)} accepts it: for names that use cases store, from any source. */
    public static boolean isLine(String text) {
        return isStorable(text)
                && withoutForbidden(text).equals(text)
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    /**
     * Like {@link #line(String)}, with a maximum length.
     *
     * @throws UnacceptableText also if it has more code points
     */
    public static String line(String typed, int most) {
        return within(line(typed), most);
    }

    /**
     * Normalizes a multi-line text, such as Markdown or a script: line breaks become {@code \n}, blank lines at the start and white space at
     * the end are removed, tabs and indents stay.
     *
     * @throws UnacceptableText if it contains a forbidden character
     */
    public static String lines(String typed) {
        var text = settled(typed, false);
        var from = 0;
        for (var i = 0; i < text.length() && Characters.isNothing(text.codePointAt(i)); ) {
            var point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\n') {
                from = i;
            }
        }
        return trimmedEnd(text.substring(from));
    }

    /**
     * Like {@link #lines(String)}, with a maximum length.
     *
     * @throws UnacceptableText also if it has more code points
     */
    public static String lines(String typed, int most) {
        return within(lines(typed), most);
    }

    /** Normalizes a search term. Never fails: forbidden characters are removed, since no stored text has them. */
    public static String searchTerm(String typed) {
        return line(withoutForbidden(typed));
    }

    /** Normalizes a text from outside (a provider, a file) that is shown as far as possible: forbidden characters are removed. */
    public static String foreign(String received) {
        return lines(withoutForbidden(received));
    }

    /** Like {@link #foreign}, on one line: control characters and line breaks become spaces. */
    public static String foreignLine(String received) {
        return line(withoutForbidden(CONTROLS.matcher(received).replaceAll(" ")));
    }

    /**
     * Normalizes a number or code: removes the blanks, dots, dashes, slashes and apostrophes that group it for people, converts it to upper
     * case, and digits of any script and full-width characters to ASCII.
     *
     * @throws UnacceptableText if it contains a forbidden character
     */
    public static String identifier(String typed) {
        var packed = new StringBuilder(typed.length());
        Normalizer.normalize(checked(typed, true), Normalizer.Form.NFKC)
                .codePoints()
                .filter(point -> !Characters.isNothing(point) && !isSeparator(point))
                .map(point -> Character.isDigit(point) ? '0' + Character.digit(point, 10) : point)
                .forEach(packed::appendCodePoint);
        return Normalizer.normalize(packed.toString().toUpperCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    /**
     * Normalizes a password for hashing (RFC 8265, OpaqueString): other spaces become U+0020, and it is composed. Nothing is trimmed or
     * case-folded. A forbidden character stays, so that it matches nothing; {@link #isStorable} detects it.
     */
    public static String password(String typed) {
        var text = new StringBuilder(typed.length());
        typed.codePoints()
                .map(point -> point > 0x7F && Character.getType(point) == Character.SPACE_SEPARATOR ? ' ' : point)
                .forEach(text::appendCodePoint);
        return compose(text.toString());
    }

    /** Whether the database can store it: no control character except white space, no unpaired surrogate and no noncharacter. */
    public static boolean isStorable(String text) {
        return text.codePoints().noneMatch(Characters::isForbidden);
    }

    /**
     * Returns the text unchanged, if the database can store it: the last check before a statement is sent.
     *
     * @throws UnacceptableText for NUL, which PostgreSQL refuses in any text
     */
    public static String storable(String text) {
        var at = text.indexOf('\0');
        if (at >= 0) {
            throw UnacceptableText.character(Reason.CONTROL_CHARACTER, 0, text.codePointCount(0, at) + 1);
        }
        return text;
    }

    /** Whether it is white space of any kind. */
    public static boolean isSpace(int codePoint) {
        return Characters.isSpace(codePoint);
    }

    /** Whether there is nothing to read in it: no text, white space of any kind, invisible characters, or marks without a letter to stand on. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(point -> Characters.isNothing(point) || Characters.isMark(point));
    }

    /** Returns the text without white space and invisible characters at its ends; the inside stays unchanged. */
    public static String trimmed(String text) {
        return trimmedEnd(afterStart(text));
    }

    /**
     * Truncates a text to the capacity of its field, without splitting a surrogate pair.
     *
     * @param most in {@code char}s
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var isWithin = most > 0
                && Character.isHighSurrogate(text.charAt(most - 1))
                && Character.isLowSurrogate(text.charAt(most));
        return text.substring(0, isWithin ? most - 1 : most);
    }

    /** Whether it has at most that many code points and that many bytes of UTF-8. */
    public static boolean fits(String text, int codePoints, int bytes) {
        return text.codePointCount(0, text.length()) <= codePoints
                && (text.length() * 3L <= bytes || text.getBytes(StandardCharsets.UTF_8).length <= bytes);
    }

    private static String within(String text, int most) {
        if (text.codePointCount(0, text.length()) > most) {
            throw UnacceptableText.tooLong(most);
        }
        return text;
    }

    /** The common case: printable ASCII with single spaces. */
    private static boolean isPlainLine(String text) {
        var previous = ' ';
        for (var i = 0; i < text.length(); i++) {
            var sign = text.charAt(i);
            if (sign < ' ' || sign > '~' || (sign == ' ' && previous == ' ')) {
                return false;
            }
            previous = sign;
        }
        return text.isEmpty() || previous != ' ';
    }

    /** Composing changes which character precedes a joiner, so the result is checked again. */
    private static String settled(String typed, boolean isOneLine) {
        var text = compose(checked(typed, isOneLine));
        for (var before = ""; !before.equals(text); ) {
            before = text;
            text = compose(checked(before, isOneLine));
        }
        return text;
    }

    /** Refuses forbidden characters, removes invisible ones and, in a multi-line text, converts line breaks to a single character. */
    private static String checked(String typed, boolean isOneLine) {
        var text = new StringBuilder(typed.length());
        var before = 0;
        var position = 0;
        var first = typed.length() - afterStart(typed).length();
        var last = trimmedEnd(typed).length();
        for (var i = 0; i < typed.length(); ) {
            var point = typed.codePointAt(i);
            var isWithin = i >= first && i < last;
            i += Character.charCount(point);
            position++;
            if (Characters.isForbidden(point)) {
                throw UnacceptableText.character(Reason.CONTROL_CHARACTER, point, position);
            }
            if (Characters.isOverride(point) || (isOneLine && Characters.isEmbedding(point) && isWithin)) {
                throw UnacceptableText.character(Reason.DIRECTION_CHARACTER, point, position);
            }
            if (isLeftOut(point, before, isOneLine)) {
                continue;
            }
            if (!isOneLine && (point == '\r' || Characters.isLineBreak(point))) {
                if (point == '\r' && i < typed.length() && typed.charAt(i) == '\n') {
                    continue;
                }
                point = '\n';
            }
            text.appendCodePoint(point);
            before = point;
        }
        return text.toString();
    }

    /**
     * In a name written only from left to right, a directional mark would only make two equal names differ; at the ends it came from pasting.
     */
    private static void refuseNeedlessMarks(String typed) {
        var first = typed.length() - afterStart(typed).length();
        var last = trimmedEnd(typed).length();
        for (var i = first; i < last; i += Character.charCount(typed.codePointAt(i))) {
            var point = typed.codePointAt(i);
            if (Characters.isDirectionMark(point) && !needsMarks(typed)) {
                throw UnacceptableText.character(Reason.DIRECTION_CHARACTER, point, typed.codePointCount(0, i) + 1);
            }
        }
    }

    private static boolean needsMarks(String text) {
        return text.codePoints().anyMatch(Characters::isRightToLeft);
    }

    private static boolean isLeftOut(int point, int before, boolean isOneLine) {
        return Characters.isInvisible(point)
                || (isOneLine && Characters.isEmbedding(point))
                || (Characters.isJoiner(point) && !Characters.takesJoiner(before))
                || (Characters.isSelector(point) && !Characters.takesSelector(before))
                || (Characters.isTag(point) && !Characters.takesTag(before));
    }

    /**
     * Returns the text without white space and invisible characters, except joiners: in an address, two spellings that look the same are the
     * same.
     */
    public static String seen(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(point -> Characters.isJoiner(point) || !Characters.isNothing(point))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Returns the text without directional marks, for texts that have none: addresses copied from a page carry them around and within. */
    public static String withoutMarks(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().filter(point -> !Characters.isDirectionMark(point)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Returns the text without the characters that are refused elsewhere, otherwise unchanged. */
    public static String withoutForbidden(String text) {
        var kept = new StringBuilder(text.length());
        var needsMarks = needsMarks(text);
        text.codePoints()
                .filter(point -> !Characters.isForbidden(point)
                        && !Characters.isOverride(point)
                        && !Characters.isEmbedding(point)
                        && (needsMarks || !Characters.isDirectionMark(point)))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static String compose(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String collapsed(String text) {
        var line = new StringBuilder(text.length());
        var isPending = false;
        for (var i = 0; i < text.length(); ) {
            var point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Characters.isSpace(point)) {
                isPending = true;
            } else {
                if (isPending && line.length() > 0) {
                    line.append(' ');
                }
                isPending = false;
                line.appendCodePoint(point);
            }
        }
        var trimmed = trimmed(line.toString());
        return isBlank(trimmed) ? "" : trimmed;
    }

    private static String afterStart(String text) {
        var from = 0;
        while (from < text.length() && Characters.isNothing(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        return text.substring(from);
    }

    private static String trimmedEnd(String text) {
        var until = text.length();
        while (until > 0 && isNothingAtTheEnd(text.codePointBefore(until))) {
            until -= Character.charCount(text.codePointBefore(until));
        }
        return until == text.length() ? text : text.substring(0, until);
    }

    /** A tag, a joiner or a selector at the end belongs to the preceding character. */
    private static boolean isNothingAtTheEnd(int point) {
        return Characters.isNothing(point)
                && !Characters.isTag(point)
                && !Characters.isJoiner(point)
                && !Characters.isSelector(point);
    }

    private static boolean isSeparator(int point) {
        return switch (point) {
            case '.', '/', '\\', '\'', '_', 0x2019, 0x02BC, 0x00B7, 0x2022, 0x2027, 0x2212, 0x00B4, '`' -> true;
            default -> Character.getType(point) == Character.DASH_PUNCTUATION;
        };
    }
}
