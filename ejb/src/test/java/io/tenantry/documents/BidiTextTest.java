package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Lines in visual order. Arabic and Hebrew are in escapes where their order is under test. */
class BidiTextTest {
    private static final String SHIRKA = "\u0634\u0631\u0643\u0629";
    private static final String SHIRKA_SEEN = "\u0629\u0643\u0631\u0634";
    private static final String SHALOM = "\u05E9\u05DC\u05D5\u05DD";
    private static final String SHALOM_SEEN = "\u05DD\u05D5\u05DC\u05E9";

    private final ComposedText composed = new ComposedText();
    private final BidiText bidi = new BidiText(composed);

    private String display(String text) {
        return composed.plain(bidi.reorderRTLTextToLTR(bidi.shapeText(composed.compose(text))));
    }

    @Test
    void reversesRightToLeftNamesWithinALatinLine() {
        assertThat(display("An " + SHIRKA + " in Kairo")).isEqualTo("An " + SHIRKA_SEEN + " in Kairo");
        assertThat(display("An " + SHALOM + " " + SHIRKA + ", Köln"))
                .isEqualTo("An " + SHIRKA_SEEN + " " + SHALOM_SEEN + ", Köln");
    }

    @Test
    void laysOutAnArabicLineFromTheRightAndLatinFromTheLeft() {
        assertThat(display(SHIRKA + " AG")).isEqualTo("AG " + SHIRKA_SEEN);
        assertThat(display(SHIRKA + " " + SHIRKA + " GmbH")).isEqualTo("GmbH " + SHIRKA_SEEN + " " + SHIRKA_SEEN);
    }

    @Test
    void keepsNumbersLeftToRight() {
        assertThat(display(SHALOM + " 12 " + SHALOM)).isEqualTo(SHALOM_SEEN + " 12 " + SHALOM_SEEN);
        assertThat(display(SHIRKA + " 2026")).isEqualTo("2026 " + SHIRKA_SEEN);
        assertThat(display("12345 " + SHIRKA)).isEqualTo(SHIRKA_SEEN + " 12345");
        assertThat(display(SHIRKA + " \u0661\u0662")).isEqualTo("\u0661\u0662 " + SHIRKA_SEEN);
    }

    @Test
    void keepsAnIbanWithinAnArabicLineInOrder() {
        assertThat(display(SHIRKA + " " + SHIRKA + " " + SHIRKA + " DE89 3704 0044 0532 0130 00"))
                .startsWith("DE89 3704 0044 0532 0130 00 ");
        assertThat(display(SHALOM + " " + SHALOM + " €1.234,56")).startsWith("€1.234,56");
    }

    @Test
    void mirrorsBracketsByDirection() {
        assertThat(display(SHIRKA + " (" + SHALOM + ")")).isEqualTo("(" + SHALOM_SEEN + ") " + SHIRKA_SEEN);
        assertThat(display("Nord (" + SHALOM + ") «Süd»")).isEqualTo("Nord (" + SHALOM_SEEN + ") «Süd»");
        assertThat(display(SHIRKA + " «" + SHALOM + "»")).isEqualTo("«" + SHALOM_SEEN + "» " + SHIRKA_SEEN);
    }

    @Test
    void keepsTheOrderOfPartsOfALine() {
        assertThat(display(SHIRKA + " · Amtsgericht Köln · +20 2 555 · " + SHALOM))
                .isEqualTo(SHIRKA_SEEN + " · Amtsgericht Köln · +20 2 555 · " + SHALOM_SEEN);
        assertThat(display("web · " + SHIRKA + " · " + SHALOM + " · 12"))
                .isEqualTo("web · " + SHIRKA_SEEN + " · " + SHALOM_SEEN + " · 12");
    }

    @Test
    void ignoresDirectionOverrides() {
        assertThat(display("An \u202E" + SHALOM + " GmbH, IBAN \u2067DE89 3704"))
                .isEqualTo("An " + SHALOM_SEEN + " GmbH, IBAN DE89 3704");
    }

    @Test
    void placesMarksBeforeTheirLettersWhenReversed() {
        assertThat(display("\u05E9\u05B8\u05DC")).isEqualTo("\u05DC\u05B8\u05E9");
        assertThat(display("\u0645\u064E\u0643")).isEqualTo("\u0643\u064E\u0645");
        assertThat(display("x\u0302 " + SHALOM)).isEqualTo("x\u0302 " + SHALOM_SEEN);
    }

    @Test
    void keepsTheDirectionOfWrappedLines() {
        var line = bidi.shapeText(composed.compose(SHIRKA + " " + SHIRKA + " Alnoor GmbH, " + SHIRKA));
        var second = line.substring(line.indexOf("Alnoor") - 1);

        assertThat(composed.plain(bidi.reorderRTLTextToLTR(second))).isEqualTo(SHIRKA_SEEN + " ,Alnoor GmbH");
    }

    @Test
    void keepsPlainTextUnchanged() {
        for (var text : new String[] {"", "Köln, Αθήνα (Київ)", "株式会社", SHALOM, "Zoë"}) {
            assertThat(composed.compose(text)).isEqualTo(text);
        }
        assertThat(BidiText.isTurned("Köln, Αθήνα (Київ)")).isFalse();
        assertThat(display("Köln, Αθήνα (Київ)")).isEqualTo("Köln, Αθήνα (Київ)");
    }

    @Test
    void drawsASyllableAsOneGlyphAndKeepsItsText() {
        var text = "हिन्दी ที่นี้ 👩‍💻 x\u0302";
        var syllables = composed.compose(text);

        assertThat(syllables.codePointCount(0, syllables.length())).isLessThan(text.codePointCount(0, text.length()));
        assertThat(composed.plain(syllables)).isEqualTo(text);
        assertThat(composed.compose(text)).as("the same glyphs again").isEqualTo(syllables);
    }

    @Test
    void placesLettersSideBySideWithoutLayout() {
        var layout = Typeface.ARABIC.sideBySide(SHIRKA, true);

        assertThat(layout.characters()).containsExactly(3, 2, 1, 0);
        assertThat(layout.glyphs()).isSortedAccordingTo((one, other) -> Float.compare(one.x(), other.x()));
        assertThat(layout.width()).isPositive();
    }

    @Test
    void breaksThaiAndChineseBetweenWords() {
        var thai = "บริษัททดสอบระบบคลาวด์";
        assertThat(parts(thai)).hasSizeGreaterThan(2).doesNotContain("บ");
        assertThat(String.join("", parts(thai))).isEqualTo(thai);
        assertThat(parts("深圳市")).containsExactly("深", "圳", "市");
        assertThat(parts("हिन्दी कंपनी")).containsExactly("हिन्दी ", "कंपनी");
    }

    private java.util.List<String> parts(String text) {
        var line = composed.compose(text);
        var breaker = TextBreaker.lines(composed, Locale.ROOT);
        breaker.setText(line);
        var parts = new ArrayList<String>();
        var start = 0;
        for (var end = breaker.next(); end > 0; end = breaker.next()) {
            parts.add(composed.plain(line.substring(start, end)));
            start = end;
        }
        return Collections.unmodifiableList(parts);
    }
}
