package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnprintableCharactersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Aurora & S\u00f6hne GmbH \u2013 \u20ac",
                "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1 \u041e\u041e\u041e",
                "\u682a\u5f0f\u4f1a\u793e\u30c6\u30b9\u30c8",
                "\ud55c\uad6d\uc5b4",
                "\u0939\u093f\u0928\u094d\u0926\u0940",
                "\u0e44\u0e17\u0e22",
                "\u05e2\u05d1\u05e8\u05d9\u05ea \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
                "e\u0301 a\u200db \ud83d\ude00",
                "line\nline\ttab\u00a0"
            })
    void areNotFoundInPrintableText(String text) {
        assertThat(UnprintableCharacters.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "\u0f56\u0f7c\u0f51, \u0f56 (U+0F56);\u25cc\u0f7c (U+0F7C);\u0f51 (U+0F51)",
        "\u182e\u1823, \u182e (U+182E);\u1823 (U+1823)",
        "Yoshi \ud842\udfb7\u91ce\u5bb6 \ud842\udfb7, \ud842\udfb7 (U+20BB7)",
        "a\ue000, \ue000 (U+E000)"
    })
    void areNamedOnceWithTheirCode(String text, String named) {
        assertThat(UnprintableCharacters.of(text)).containsExactly(named.split(";", -1));
    }

    /** The warning and the document agree: what is named is a box, and what is not named is none. */
    @Test
    void areExactlyThoseThatDocumentsDrawAsBoxes() {
        for (var character :
                new int[] {'a', 0x0f40, 0x1820, 0x20bb7, 0x4e00, 0x0915, 0x1f600, 0xe000, 0x13a0, 0x1680}) {
            var composed = new ComposedText();
            composed.compose(Character.toString(character));
            var isBox = composed.glyphs().stream()
                    .anyMatch(glyph -> glyph.outline()
                            .getBounds2D()
                            .equals(CodePointBox.of(character).outline().getBounds2D()));
            assertThat(UnprintableCharacters.of(Character.toString(character)).isEmpty())
                    .as("U+%04X", character)
                    .isEqualTo(!isBox);
        }
    }
}
