package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which characters become one glyph. */
class ComposedTextTest {
    /** Linguists and towns write it: there is no letter of its own for it. */
    @Test
    void aLetterOfJapaneseWithAMarkIsDrawnAsOne() {
        assertThat(glyphs("か\u309A")).extracting(ComposedGlyph::text).containsExactly("か\u309A");
    }

    @Test
    void aMarkThatAFontLacksSeparatesNoOtherLetters() {
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
