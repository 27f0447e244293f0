package io.tenantry.kernel.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLineTest {
    @Test
    void readsCellsWithAnySeparator() {
        assertThat(CsvLine.cells("a,b,,c")).contains(List.of("a", "b", "", "c"));
        assertThat(CsvLine.cells("7,25;b")).contains(List.of("7,25", "b"));
        assertThat(CsvLine.cells("7,25\tb; c")).contains(List.of("7,25\tb", "c"));
        assertThat(CsvLine.cells("7,25\tb")).contains(List.of("7,25", "b"));
    }

    @Test
    void readsQuotedCellsAsSpreadsheetsWriteThem() {
        assertThat(CsvLine.cells("\"US-CA\",\"STANDARD\",\"7,25\"")).contains(List.of("US-CA", "STANDARD", "7,25"));
        assertThat(CsvLine.cells(" \"a;b\" ,\u00a0\"\"\"c\"\"\" "))
                .as("blanks around quotation marks")
                .hasValueSatisfying(cells -> assertThat(cells).first().isEqualTo("a;b"));
        assertThat(CsvLine.cells("\"a\"\"b\",")).contains(List.of("a\"b", ""));
    }

    @Test
    void refusesUnclosedQuotes() {
        assertThat(CsvLine.cells("\"a,b")).isEmpty();
        assertThat(CsvLine.cells("\"a\"b,c")).isEmpty();
    }
}
