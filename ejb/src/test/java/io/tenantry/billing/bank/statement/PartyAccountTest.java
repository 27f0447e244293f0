package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account column is the payer's only if that is certain, because a payment from a known account suggests its customer. */
class PartyAccountTest {
    private static final String OWN = "12345678";

    @ParameterizedTest
    @ValueSource(strings = {"Account Number", "Kontonummer", "IBAN", "Konto-Nr", "IBAN/BIC", "Kontonummer/IBAN"})
    void readsAnAccountSharedByAllRowsAsTheResellers(String name) throws UnreadableStatement {
        var statement = Reading.csv(name + ",Date,Description,Payer,Amount\n"
                + OWN + ",20/11/2026,RF065686613130,Joe,10.00\n"
                + OWN + ",24/11/2026,invoice payment,Mary Miller,80.00\n"
                + OWN + ",25/11/2026,rent,Landlord,-500.00\n");
        assertThat(Reading.rows(statement)).containsExactly("10 EUR", "80 EUR", "-500 EUR");
        assertThat(statement.transactions())
                .extracting(BankTransaction::account, BankTransaction::iban)
                .containsOnly(tuple(OWN, ""));
    }

    @Test
    void readsTheResellersAccountInTheNatwestSample() throws UnreadableStatement {
        var file = StatementSamplesTest.resource("natwest.csv");
        assertThat(Reading.read(file, CsvProfile.DETECT, Reading.defaults("GBP", "GB"))
                        .transactions())
                .hasSize(2)
                .extracting(BankTransaction::account, BankTransaction::iban)
                .containsOnly(tuple("600000-12345678", ""));
    }

    @Test
    void doesNotDecideByOneRow() throws UnreadableStatement {
        var head = "Account Number,Date,Description,Payer,Amount\n";
        var statement = Reading.csv(head + OWN + ",20/11/2026,RF065686613130,Joe,10.00\n");
        assertThat(statement.transactions()).singleElement().satisfies(read -> {
            assertThat(read.account()).isEqualTo("-");
            assertThat(read.iban()).isEmpty();
        });
        assertThat(read(head + OWN + ",20/11/2026,RF065686613130,Joe,10.00\n", OWN))
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.account()).isEqualTo(OWN);
                    assertThat(read.iban()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Payer account",
                "Payer Account Number",
                "Counterparty IBAN",
                "Gegenkonto",
                "Gegenkonto IBAN",
                "Sender IBAN",
                "Other Party Account Number",
                "IBAN des Auftraggebers",
                "Tegenrekening"
            })
    void trustsTheNameOfTheOtherParty(String name) throws UnreadableStatement {
        var head = name + ",Date,Description,Payer,Amount\n";
        var row = "DE02120300000000202051,20/11/2026,RF065686613130,Joe,10.00\n";
        assertThat(Reading.csv(head + row).transactions())
                .extracting(BankTransaction::iban)
                .containsExactly("DE02120300000000202051");
        assertThat(Reading.csv(head + row + row.replace("20/", "21/")).transactions())
                .extracting(BankTransaction::iban)
                .containsOnly("DE02120300000000202051");
    }

    @Test
    void readsDifferingAccountsAsThePayers() throws UnreadableStatement {
        var head = "Date,Description,Payer,IBAN,Amount\n";
        assertThat(Reading.csv(head + "20/11/2026,x,Joe,DE02120300000000202051,10.00\n"
                                + "21/11/2026,y,Joe,DE02120300000000202051,11.00\n"
                                + "22/11/2026,z,Ann,NL91ABNA0417164300,12.00\n")
                        .transactions())
                .extracting(BankTransaction::iban)
                .containsExactly("DE02120300000000202051", "DE02120300000000202051", "NL91ABNA0417164300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Joe,Ann,Bob", ",,"})
    void doesNotReadSeveralResellerAccountsAsThePayers(String payers) throws UnreadableStatement {
        var names = payers.split(",", -1);
        assertThat(Reading.csv("Date,Description,Payer,Account Number,Amount\n" + "20/11/2026,x," + names[0]
                                + ",11111111,10.00\n" + "21/11/2026,y," + names[1] + ",11111111,11.00\n"
                                + "22/11/2026,z," + names[2] + ",22222222,12.00\n23/11/2026,z," + names[2]
                                + ",22222222,13.00\n")
                        .transactions())
                .hasSize(4)
                .extracting(BankTransaction::iban)
                .containsOnly("");
    }

    @Test
    void recognizesAKnownResellerAccountInAnyForm() throws UnreadableStatement {
        var file =
                "Date,Description,Payer,%s,Amount\n20/11/2026,x,Joe,%s,10.00\n21/11/2026,y,Ann,DE02120300000000202051,11.00\n";
        for (var own : List.of("DE89 3704 0044 0532 0130 00", "532013000", "0532013000")) {
            for (var name : List.of("IBAN", "Payer IBAN")) {
                var statement = read(file.formatted(name, own), "DE89370400440532013000");
                assertThat(statement).extracting(BankTransaction::iban).doesNotContain(own.replace(" ", ""));
            }
            assertThat(read(file.formatted("IBAN", own), "DE89370400440532013000"))
                    .extracting(BankTransaction::iban)
                    .containsOnly("");
        }
    }

    @Test
    void mappingDoesNotTurnAResellerAccountIntoAPayers() throws UnreadableStatement {
        var mapping = new ColumnMapping(Map.of(
                ColumnRole.IBAN, List.of(0),
                ColumnRole.DATE, List.of(1),
                ColumnRole.PURPOSE, List.of(2),
                ColumnRole.AMOUNT, List.of(3)));
        var rows = OWN + ",20/11/2026,RF065686613130,10.00\n" + OWN + ",21/11/2026,thanks,11.00\n";
        for (var head : List.of("", "Account Number,Date,Description,Amount\n")) {
            var statement =
                    Reading.csv(head + rows, CsvProfile.DETECT.withColumns(mapping), Reading.defaults("EUR", "DE"));
            assertThat(statement.transactions())
                    .hasSize(2)
                    .extracting(BankTransaction::iban)
                    .containsOnly("");
        }
    }

    @Test
    void resellersAccountNamesNoPartyOfATotal() throws UnreadableStatement {
        assertThat(Reading.rows(Reading.csv("Account Number,Date,Description,Amount\n" + OWN
                        + ",20/11/2026,RF065686613130,10.00\n" + OWN + ",21/11/2026,Total of the month,20.00\n")))
                .containsExactly("10 EUR", "review SUMMARY");
    }

    private static List<BankTransaction> read(String text, String known) throws UnreadableStatement {
        var defaults = new ReadDefaults("-", Currency.getInstance("EUR"), "DE", Reading.TODAY, Set.of(known), Set.of());
        return Reading.read(text.getBytes(StandardCharsets.UTF_8), CsvProfile.DETECT, defaults)
                .transactions();
    }
}
