package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Combination of characters into one glyph. */
class ComposedTextTest {
    /** Linguists and towns use it: Unicode has no precomposed character for it. */
    @Test
    void drawsAJapaneseLetterAndItsMarkAsOneGlyph() {
        assertThat(glyphs("か\u309A")).extracting(ComposedGlyph::text).containsExactly("か\u309A");
    }

    @Test
    void keepsLettersJoinedAroundAnUnsupportedMark() {
        var joined = glyphs("شرك");
        assertThat(glyphs("شرك\u0E34ة").subList(0, 2))
                .extracting(glyph -> ComposedFont.operators(glyph.outline()))
                .containsExactlyElementsOf(joined.subList(0, 2).stream()
                        .map(glyph -> ComposedFont.operators(glyph.outline()))
                        .toList());
    }

    private static List<ComposedGlyph> glyphs(String text) {
        var composed = new ComposedText();
        composed.compose(text);
        return composed.glyphs();
    }
}
