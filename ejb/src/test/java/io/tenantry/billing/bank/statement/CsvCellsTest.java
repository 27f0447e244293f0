package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Currency;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that are longer than banks write, and cells with account numbers. */
class CsvCellsTest {
    @ParameterizedTest
    @ValueSource(strings = {"-", "(", "_ ", "1 2-3 ", "\u00fc "})
    void readsOrReviewsCellsOfAnyLengthQuickly(String sign) {
        var cell = sign.repeat(100_000);
        var file = cell + "\nDate;Amount;Text;" + cell.substring(0, 4_000) + "\n2026-11-03;10,00;RF138641464252 " + cell
                + ";\n2026-11-03;20,00;y;\n";
        var rows = Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> Reading.rows(Reading.csv(file)));
        assertThat(rows).contains("review TOO_LONG").doesNotContain("10 EUR");
    }

    /** Pages list the columns of a draft: two million of them brought down a node. */
    @ParameterizedTest
    @ValueSource(strings = {";", ",", "\t"})
    void refusesRowsWithTooManyCells(String separator) {
        var file = "Datum" + separator + "Betrag\n" + ("a" + separator).repeat(CsvTable.CELLS_MAX) + "b\n";
        assertThatThrownBy(() -> Reading.csv(file))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(new StatementProblem(StatementProblem.Reason.TOO_WIDE, 2, "500")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DE89-3704-0044-0532-0130-00", "Gesch\u00e4ftskonto-Berlin", "-"})
    void acceptsAnyNameForAnAccount(String account) throws UnreadableStatement {
        var file =
                "Date;Text;Amount\n2026-11-03;RF138641464252;10,00\nDE02 1203 0000 0000 2020 51;;\n2026-11-04;y;-1,00\n";
        var defaults = new ReadDefaults(account, Currency.getInstance("EUR"), "DE", Reading.TODAY);
        assertThat(Reading.rows(Reading.csv(file, CsvProfile.DETECT, defaults))).hasSize(3);
    }

    @Test
    void readsAnAccountNumberInAPartyColumnAsAccount() throws UnreadableStatement {
        assertThat(Reading.csv("""
                        Date,Name / Description,Counterparty,Amount (EUR),Notifications
                        20261109,Oak,DE02120300000000202051,119.00,RF138641464252
                        20261109,Ash,,-19.00,y
                        """).transactions()).first().satisfies(read -> {
            assertThat(read.iban()).isEqualTo("DE02120300000000202051");
            assertThat(read.purpose()).contains("RF138641464252");
        });
    }

    @Test
    void doesNotReadAccountNumbersAsReferences() throws UnreadableStatement {
        var head = "Account iban;Date;Counterparty iban;Amount;Text\n";
        assertThat(Reading.csv(head + "BE68 5390 0754 7034;2026-11-09;DE02 1203 0000 0000 2020 51;1,00;RF138641464252\n"
                                + "BE68 5390 0754 7034;2026-11-09;RF47 1234 5678 90;-1,00;y\n"
                                + "BE68 5390 0754 7034;2026-11-09;RF47 1234 5678 90;2,00;RF138641464252\n")
                        .transactions())
                .extracting(BankTransaction::purpose)
                .containsExactly("RF138641464252", "y", "RF138641464252 RF47 1234 5678 90");
    }
}
