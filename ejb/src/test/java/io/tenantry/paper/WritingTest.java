package io.tenantry.paper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Letters that are joined, and lines as they are seen. Arabic is in escapes where its order or form is what is tested. */
class WritingTest {
    private static final Writing WRITING = new Writing();

    private static final String SHIRKA = "\u0634\u0631\u0643\u0629";
    private static final String SHIRKA_SEEN = "\uFE94\uFEDB\uFEAE\uFEB7";
    private static final String SHALOM = "\u05E9\u05DC\u05D5\u05DD";
    private static final String SHALOM_SEEN = "\u05DD\u05D5\u05DC\u05E9";

    private static String seen(String text) {
        return WRITING.reorderRTLTextToLTR(WRITING.shapeText(text));
    }

    @ParameterizedTest
    @CsvSource({
        // First, last, first, last: a letter that holds on to the one before it alone parts a word.
        "\u0634\u0631\u0643\u0629, \uFEB7\uFEAE\uFEDB\uFE94",
        // Within, and lam with alef as one.
        "\u0627\u0644\u0633\u0644\u0627\u0645, \uFE8D\uFEDF\uFEB4\uFEFC\uFEE1",
        "\u0644\u0623, \uFEF7",
        // Letters of Persian.
        "\u067E\u06AF\u0627\u0647, \uFB58\uFB95\uFE8E\uFEE9",
        // A vowel stands upon its letter and parts nothing.
        "\u0645\u064E\u0643, \uFEE3\u064E\uFEDA",
        // Drawn out.
        "\u0645\u0640\u0643, \uFEE3\u0640\uFEDA",
        // Held by none, held by a hamza not at all.
        "\u0645, \uFEE1",
        "\u0645\u0621, \uFEE1\uFE80",
        // Yeh without dots, which Unicode has in both blocks.
        "\u0639\u0644\u0649, \uFECB\uFEE0\uFEF0"
    })
    void lettersAreJoined(String read, String joined) {
        assertThat(ArabicForms.joined(read)).isEqualTo(joined);
        assertThat(ArabicForms.plain(joined)).isEqualTo(read);
    }

    @Test
    void whatIsNotArabicStaysAsItIs() {
        for (var text : new String[] {"", "Köln", "Αθήνα", "Київ", SHALOM, "停机 \uD83D\uDE00", "ﬁ ﬀ"}) {
            assertThat(ArabicForms.joined(text)).isEqualTo(text);
            assertThat(WRITING.deshapeText(text)).isEqualTo(text);
        }
    }

    @Test
    void aNameWithinAGermanLineIsTurnedAndTheLineIsNot() {
        assertThat(seen("An " + SHIRKA + " in Kairo")).isEqualTo("An " + SHIRKA_SEEN + " in Kairo");
        assertThat(seen("An " + SHALOM + " " + SHIRKA + ", Köln"))
                .isEqualTo("An " + SHIRKA_SEEN + " " + SHALOM_SEEN + ", Köln");
    }

    @Test
    void anArabicLineRunsFromTheRightAndLatinWithinItDoesNot() {
        assertThat(seen(SHIRKA + " AG")).isEqualTo("AG " + SHIRKA_SEEN);
        assertThat(seen(SHIRKA + " " + SHIRKA + " GmbH")).isEqualTo("GmbH " + SHIRKA_SEEN + " " + SHIRKA_SEEN);
    }

    @Test
    void numbersReadFromTheLeftWhereverTheyStand() {
        assertThat(seen(SHALOM + " 12 " + SHALOM)).isEqualTo(SHALOM_SEEN + " 12 " + SHALOM_SEEN);
        assertThat(seen(SHIRKA + " 2026")).isEqualTo("2026 " + SHIRKA_SEEN);
        assertThat(seen("12345 " + SHIRKA)).isEqualTo(SHIRKA_SEEN + " 12345");
        assertThat(seen(SHIRKA + " \u0661\u0662")).isEqualTo("\u0661\u0662 " + SHIRKA_SEEN);
    }

    @Test
    void bracketsOpenTowardsWhatTheyHold() {
        assertThat(seen(SHIRKA + " (" + SHALOM + ")")).isEqualTo("(" + SHALOM_SEEN + ") " + SHIRKA_SEEN);
        assertThat(seen("Nord (" + SHALOM + ") «Süd»")).isEqualTo("Nord (" + SHALOM_SEEN + ") «Süd»");
        assertThat(seen(SHIRKA + " «" + SHALOM + "»")).isEqualTo("«" + SHALOM_SEEN + "» " + SHIRKA_SEEN);
    }

    @Test
    void partsOfALineStayOnTheirSide() {
        assertThat(seen(SHIRKA + " · Amtsgericht Köln · +20 2 555 · " + SHALOM))
                .isEqualTo(SHIRKA_SEEN + " · Amtsgericht Köln · +20 2 555 · " + SHALOM_SEEN);
        assertThat(seen("web · " + SHIRKA + " · " + SHALOM + " · 12"))
                .isEqualTo("web · " + SHIRKA_SEEN + " · " + SHALOM_SEEN + " · 12");
    }

    @Test
    void nobodyTurnsWhatOthersWroteBehindIt() {
        assertThat(seen("An \u202E" + SHALOM + " GmbH, IBAN \u2067DE89 3704"))
                .isEqualTo("An " + SHALOM_SEEN + " GmbH, IBAN DE89 3704");
    }

    /** As fonts want it: what has no width is drawn over what comes next. */
    @Test
    void vowelsStandBeforeTheirLettersWhereTheseAreTurned() {
        assertThat(seen("\u05E9\u05B8\u05DC")).isEqualTo("\u05DC\u05B8\u05E9");
        assertThat(seen("e\u0301 " + SHALOM)).isEqualTo("e\u0301 " + SHALOM_SEEN);
    }

    @Test
    void eachLineOfAnArabicTextKnowsThatItIsOne() {
        var line = WRITING.shapeText(SHIRKA + " " + SHIRKA + " Alnoor GmbH, " + SHIRKA);
        var second = line.substring(line.indexOf("Alnoor") - 1);

        assertThat(WRITING.reorderRTLTextToLTR(second)).isEqualTo(SHIRKA_SEEN + " ,Alnoor GmbH");
    }

    @Test
    void whatHasNothingToTurnStaysAsItIs() {
        assertThat(Writing.isTurned("Köln, Αθήνα (Київ)")).isFalse();
        assertThat(seen("Köln, Αθήνα (Київ)")).isEqualTo("Köln, Αθήνα (Київ)");
        assertThat(seen("")).isEmpty();
    }
}
