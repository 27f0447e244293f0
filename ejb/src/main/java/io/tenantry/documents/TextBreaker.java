package io.tenantry.documents;

import com.ibm.icu.text.BreakIterator;
import com.openhtmltopdf.extend.FSTextBreaker;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds line break opportunities of one document, by the rules and dictionaries of ICU: Thai, Lao, Khmer and Burmese have no spaces between
 * words, Chinese and Japanese need none.
 */
final class TextBreaker implements FSTextBreaker {
    private final ComposedText composed;
    private final BreakIterator breaks;
    private int[] places = {0};

    private TextBreaker(ComposedText composed, BreakIterator breaks) {
        this.composed = composed;
        this.breaks = breaks;
    }

    /** Breaks between words, according to the language of the text. */
    static TextBreaker lines(ComposedText composed, Locale locale) {
        return new TextBreaker(composed, BreakIterator.getLineInstance(locale));
    }

    /** Breaks between graphemes, for words that are longer than a line. */
    static TextBreaker characters(ComposedText composed) {
        return new TextBreaker(composed, BreakIterator.getCharacterInstance(Locale.ROOT));
    }

    @Override
    public void setText(String text) {
        var plain = new StringBuilder(text.length());
        // For each index in the plain text, the index in the composed one; -1 within a glyph.
        var mapped = new int[composed.plain(text).length() + 1];
        Arrays.fill(mapped, -1);
        for (var place = 0; place < text.length(); place = text.offsetByCodePoints(place, 1)) {
            mapped[plain.length()] = place;
            var character = text.codePointAt(place);
            composed.glyph(character)
                    .map(ComposedGlyph::text)
                    .ifPresentOrElse(plain::append, () -> plain.appendCodePoint(character));
        }
        mapped[plain.length()] = text.length();
        places = mapped;
        breaks.setText(plain.toString());
    }

    @Override
    public int next() {
        for (var place = breaks.next(); place != BreakIterator.DONE; place = breaks.next()) {
            if (places[place] >= 0) {
                return places[place];
            }
        }
        return BreakIterator.DONE;
    }
}
