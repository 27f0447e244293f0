package io.tenantry.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "m\u00FCller.example,xn--mller-kva.example",
        "M\u00DCLLER.Example,xn--mller-kva.example",
        "mu\u0308ller.example,xn--mller-kva.example",
        "xn--mller-kva.example,xn--mller-kva.example",
        "stra\u00DFe.example,xn--strae-oqa.example",
        "STRASSE.example,strasse.example",
        "\uFF45\uFF58\uFF41\u3002example,exa.example",
        "\u03B2\u03CC\u03BB\u03BF\u03C2.example,xn--nxasmm1c.example",
        "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.example,xn--mgba3gch31f060k.example",
        "\u00A0a.example\u200B,a.example",
        "a.example.,a.example",
        "m\u00FCller.example\u3002,xn--mller-kva.example"
    })
    void normalizesAllSpellingsToOneForm(String typed, String ascii) {
        assertThat(HostName.ascii(typed)).contains(ascii);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a..b",
                "a..",
                ".",
                "-a.example",
                "a b.example",
                "a_b.example",
                "xn--a.example",
                "a\u202Eb.example",
                "\u0000.example"
            })
    void rejectsInvalidNames(String typed) {
        assertThat(HostName.ascii(typed)).isEmpty();
    }

    @Test
    void lenientKeepsFormerlyAcceptedNames() {
        assertThat(HostName.lenient("A_B.Example")).contains("a_b.example");
        assertThat(HostName.lenient("\u00FC_b.example")).isEmpty();
    }

    @Test
    void showsUnicodeUnlessConfusable() {
        assertThat(HostName.shown("xn--mller-kva.example")).isEqualTo("m\u00FCller.example");
        assertThat(HostName.shown("xn--strae-oqa.example")).isEqualTo("stra\u00DFe.example");
        assertThat(HostName.shown("a.example")).isEqualTo("a.example");
        assertThat(HostName.shown("xn--80ak6aa92e.com"))
                .as("Cyrillic that looks as apple")
                .isEqualTo("xn--80ak6aa92e.com");
        var mixed = HostName.ascii("p\u0430ypal.example").orElseThrow();
        assertThat(HostName.shown(mixed)).as("one Cyrillic letter").isEqualTo(mixed);
    }

    @ParameterizedTest
    @CsvSource({
        "m\u00FCller.example,xn--mller-kva.example",
        "M\u00DCLLER.,xn--mller-kva.",
        "m\u00FCller.ex,xn--mller-kva.ex",
        ".m\u00FCller,.xn--mller-kva",
        "m\u00FCller\u3002example,xn--mller-kva.example",
        "XN--mller-KVA.ex,xn--mller-kva.ex",
        "Example.,example.",
        "m\u00FCller gmbh,m\u00FCller gmbh",
        "'',''"
    })
    void normalizesSearchedParts(String part, String kept) {
        assertThat(HostName.searched(part)).isEqualTo(kept);
    }

    /** The checker of confusable names counts in a different text than it reads, and read beyond its end. */
    @Test
    void showsUncheckableNamesUnchanged() {
        for (var name : new String[] {"\u094D\uD87E\uDD96", "\uD87E\uDDF2", "a.\uD87E\uDD17\u0344", "", "."}) {
            assertThat(HostName.shown(name)).isEqualTo(name);
        }
    }

    @Test
    void lenientNormalizesNamesOutsideRules() {
        assertThat(HostName.lenient("a_b.example.")).contains("a_b.example");
        assertThat(HostName.lenient("a_b..")).contains("a_b..");
    }

    /** ICU rejects them with an exception, also where only the mapping makes them long. */
    @Test
    void rejectsOverlongNames() {
        for (var text : new String[] {
            "\u3316".repeat(200) + ".de",
            "\u00fc".repeat(1_100) + ".de",
            "xn--" + "a".repeat(2_001),
            "\u00fc".repeat(250),
            "a.".repeat(200)
        }) {
            assertThat(HostName.ascii(text)).as(text.substring(0, 5)).isEmpty();
            assertThat(HostName.letters(text)).as(text.substring(0, 5)).isEqualTo(text);
            assertThat(HostName.shown(text)).as(text.substring(0, 5)).isEqualTo(text);
            assertThat(HostName.searched(text)).as(text.substring(0, 5)).isNotEmpty();
        }
        assertThat(HostName.letters("xn--" + "a".repeat(200))).isEqualTo("xn--" + "a".repeat(200));
    }
}
