package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.bank.statement.BankStatement;
import io.tenantry.billing.bank.statement.CsvProfile;
import io.tenantry.billing.bank.statement.ReadDefaults;
import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.billing.bank.statement.StatementReader;
import io.tenantry.billing.bank.statement.UnreadableStatement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingTimeTest {
    private static final String CSV = "Buchungstag;Verwendungszweck;Name;IBAN;Betrag;Währung\n"
            + "20.11.2026;RF18539007547034;Ann;DE89370400440532013000;10,00;EUR\n".repeat(20);

    private static final String CAMT = """
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
            <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>%s</Stmt></BkToCstmrStmt></Document>
            """.formatted("""
            <Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
            <BookgDt><Dt>2026-11-09</Dt></BookgDt></Ntry>
            """.repeat(20));

    static Stream<String> files() {
        return Stream.of(CSV, CAMT);
    }

    private static BankStatement read(String text) throws UnreadableStatement {
        var file =
                StatementReader.open("a", text.getBytes(StandardCharsets.UTF_8)).get(0);
        return StatementReader.read(
                file,
                CsvProfile.DETECT,
                new ReadDefaults("", Currency.getInstance("EUR"), "DE", LocalDate.of(2026, 11, 27)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void refusesAFileThatExceedsItsTimeBudget(String text) throws UnreadableStatement {
        assertThat(StatementImports.limited(Duration.ofMinutes(1), () -> read(text))
                        .rows())
                .hasSize(20);
        assertThatThrownBy(() -> StatementImports.limited(Duration.ofSeconds(-1), () -> read(text)))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo(Reason.TOO_SLOW));
        assertThat(read(text).rows()).as("without a limit, or after one").hasSize(20);
    }
}
