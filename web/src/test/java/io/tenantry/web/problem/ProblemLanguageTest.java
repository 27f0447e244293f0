package io.tenantry.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemLanguageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"de", "de-AT", "de-Latn-DE-1996-x-own", "en;q=0.5, de", "fr, de;q=0.3", "DE", "en;q=0, de;q=0.1"
            })
    void isFirstSupportedLanguageOfHeader(String header) {
        assertThat(ProblemLanguage.preferred(header)).isEqualTo(Locale.GERMAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US, de;q=0.9", "fr", "*", "i-klingon"})
    void isEnglishOtherwise(String header) {
        assertThat(ProblemLanguage.preferred(header)).isEqualTo(Locale.ENGLISH);
    }

    /** The framework fails on some of these, and then the problem itself could not be sent. */
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ";;;",
                "de;q=zz",
                "de;q=2",
                "de;q",
                "de;q=",
                "de;q=-1",
                "de;q=1.0000001",
                "\u0001",
                "-",
                "--",
                "-de",
                "q=1",
                "de_DE",
                "\u00e4"
            })
    void isEnglishIfTheHeaderIsMalformed(String header) {
        assertThat(ProblemLanguage.preferred(header)).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void isFoundInALongHeader() {
        assertThat(ProblemLanguage.preferred("fr;q=0.5,".repeat(1_000) + "de;q=0.1"))
                .isEqualTo(Locale.GERMAN);
    }
}
