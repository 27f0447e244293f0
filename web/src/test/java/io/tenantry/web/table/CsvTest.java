package io.tenantry.web.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What spreadsheets are given. */
class CsvTest {
    @Test
    void aTextThatLooksLikeAFormulaStaysAText() {
        assertThat(Csv.text("=1+1")).isEqualTo("'=1+1");
        assertThat(Csv.text("+49 30")).isEqualTo("'+49 30");
        assertThat(Csv.text("-x")).isEqualTo("'-x");
        assertThat(Csv.text("@home")).isEqualTo("'@home");
        assertThat(Csv.text("Bank transfer")).isEqualTo("Bank transfer");
    }

    @Test
    void cellsWithCommasQuotesOrLinesAreQuoted() {
        assertThat(Csv.row("a,b", "say \"so\"", "x\ny", "plain"))
                .isEqualTo("\"a,b\",\"say \"\"so\"\"\",\"x\ny\",plain\r\n");
    }
}
