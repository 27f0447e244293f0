package io.tenantry.billing.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of the file for DATEV, which people also open in spreadsheets. */
class DatevFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "\"=1", "x;=1"})
    void writesNoTextAsAFormula(String text) {
        var cell = DatevFile.text(text, 60);
        assertThat(cell).startsWith("\"").endsWith("\"").doesNotContainPattern("[\\r\\n\\t]");
        assertThat(cell).containsPattern("'[=+@\uff1d-]");
    }

    @Test
    void quotesAndTruncatesTexts() {
        assertThat(DatevFile.text("a \"b\"; c", 60)).isEqualTo("\"a \"\"b\"\"; c\"");
        assertThat(DatevFile.text("x".repeat(100), 60)).hasSize(62);
        assertThat(DatevFile.text("=" + "x".repeat(100), 36)).hasSize(38).startsWith("\"'=");
    }
}
