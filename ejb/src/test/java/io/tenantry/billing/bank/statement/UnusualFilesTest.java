package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables with content in places where no bank writes it: rows that may not be received money are not credited. */
class UnusualFilesTest {
    static Stream<CsvStatementTest.Case> cases() {
        return Stream.of("csv-odd.txt", "csv-late.txt", "csv-context.txt", "csv-sums.txt", "csv-variants.txt")
                .flatMap(file -> CsvStatementTest.cases("/io/tenantry/billing/bank/" + file));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void booksNothingUncertain(CsvStatementTest.Case given) {
        assertThat(CsvStatementTest.result(given, CsvProfile.DETECT)).isEqualTo(given.expected());
    }
}
