package io.tenantry.paper;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Arabic letters as they look where they are joined. A font would do that by rules of its own, which what prints does not run; but Unicode has each form as a
 * character too, and fonts have those. Pure.
 */
final class ArabicForms {
    /** Where Unicode has the forms of a letter one after the other: alone, last, first, within. Letters that are in both are right in the former. */
    private static final char[][] BLOCKS = {{'\uFE80', '\uFEF4'}, {'\uFB50', '\uFBFF'}};

    private static final int LAST = 1;
    private static final int FIRST = 2;
    private static final int WITHIN = 3;

    /** So many forms has a letter that holds on to the one before it alone. */
    private static final int TO_ONE_SIDE = 2;

    /** So many one that holds on to both. */
    private static final int TO_BOTH_SIDES = 4;

    private static final Map<Character, Forms> FORMS = forms();

    /** What draws a join out, or asks for one. */
    private static final String JOINING = "\u0640\u200D";

    private static final char LAM = '\u0644';

    /** The letters that become one with a lam before them, each with what they become alone; the next character is that as the last one. */
    private static final Map<Character, Character> WITH_LAM =
            Map.of('\u0622', '\uFEF5', '\u0623', '\uFEF7', '\u0625', '\uFEF9', '\u0627', '\uFEFB');

    private ArabicForms() {}

    /** The forms of a letter, one after the other. */
    private record Forms(char first, int count) {
        boolean endsBefore(char other) {
            return first + count == other;
        }
    }

    private static Map<Character, Forms> forms() {
        var forms = new HashMap<Character, Forms>();
        for (var block : BLOCKS) {
            for (var form = block[0]; form <= block[1]; form++) {
                var letter = plain(String.valueOf(form));
                if (letter.length() == 1 && letter.charAt(0) != form) {
                    var known = forms.get(letter.charAt(0));
                    if (known == null) {
                        forms.put(letter.charAt(0), new Forms(form, 1));
                    } else if (known.endsBefore(form)) {
                        forms.put(letter.charAt(0), new Forms(known.first(), known.count() + 1));
                    }
                }
            }
        }
        return Map.copyOf(forms);
    }

    /** The letters as they are written, whatever form they have. */
    static String plain(String text) {
        return text.codePoints().anyMatch(ArabicForms::isForm)
                ? Normalizer.normalize(text, Normalizer.Form.NFKC)
                : text;
    }

    private static boolean isForm(int character) {
        return (character >= 0xFB50 && character <= 0xFDFF) || (character >= 0xFE70 && character <= 0xFEFC);
    }

    /** The letters in the forms in which they are joined; all else as it is. In the order in which it is read. */
    static String joined(String text) {
        var joined = new StringBuilder(text.length());
        var isHeld = false;
        for (var place = 0; place < text.length(); place++) {
            var letter = text.charAt(place);
            if (isMark(letter)) {
                joined.append(letter);
                continue;
            }
            var isHolding = isHeld && holdsOnToTheOneBefore(letter);
            var ligature = letter == LAM && place + 1 < text.length() ? WITH_LAM.get(text.charAt(place + 1)) : null;
            if (ligature != null) {
                joined.append((char) (ligature + (isHolding ? LAST : 0)));
                place++;
                isHeld = false;
            } else {
                isHeld = holdsOnToTheNext(letter) && isHeldByTheNext(text, place + 1);
                joined.append(form(letter, isHolding, isHeld));
            }
        }
        return joined.toString();
    }

    private static char form(char letter, boolean isHolding, boolean isHeld) {
        var forms = FORMS.get(letter);
        if (forms == null) {
            return letter;
        }
        if (isHeld) {
            return (char) (forms.first() + (isHolding ? WITHIN : FIRST));
        }
        return isHolding ? (char) (forms.first() + LAST) : forms.first();
    }

    private static boolean isHeldByTheNext(String text, int from) {
        return text.substring(from)
                .chars()
                .filter(next -> !isMark((char) next))
                .limit(1)
                .anyMatch(next -> holdsOnToTheOneBefore((char) next));
    }

    private static boolean holdsOnToTheOneBefore(char letter) {
        return JOINING.indexOf(letter) >= 0 || count(letter) >= TO_ONE_SIDE;
    }

    private static boolean holdsOnToTheNext(char letter) {
        return JOINING.indexOf(letter) >= 0 || count(letter) >= TO_BOTH_SIDES;
    }

    private static int count(char letter) {
        var forms = FORMS.get(letter);
        return forms == null ? 0 : forms.count();
    }

    /** Vowels and the like, which stand above and below letters and not between them. */
    private static boolean isMark(char letter) {
        return Character.getType(letter) == Character.NON_SPACING_MARK;
    }
}
