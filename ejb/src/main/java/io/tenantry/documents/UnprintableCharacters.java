package io.tenantry.documents;

import java.util.List;
import java.util.Locale;

/**
 * The characters that documents cannot print, so that people can be warned where they enter a text: a document shows a box with the code of
 * each.
 */
public final class UnprintableCharacters {
    private static final int SHOWN_MAX = 10;

    private UnprintableCharacters() {}

    /** Returns the characters of a text that no font has, each once with its code, in the order of the text; at most ten. */
    public static List<String> of(String text) {
        return text.codePoints()
                .filter(character -> !ComposedText.isPrintable(character))
                .distinct()
                .limit(SHOWN_MAX)
                .mapToObj(UnprintableCharacters::written)
                .toList();
    }

    /** A mark is written on a dotted circle, without which it would join the text before it. */
    private static String written(int character) {
        var carrier = ComposedText.isMark(character) ? "\u25CC" : "";
        return carrier + Character.toString(character) + String.format(Locale.ROOT, " (U+%04X)", character);
    }
}
