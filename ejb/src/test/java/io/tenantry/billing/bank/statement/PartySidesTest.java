package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns for payers and for recipients: the other party is the one that is not the reseller. */
class PartySidesTest {
    private static final String OWN = "Aurora Cloud GmbH";
    private static final ReadDefaults NAMED =
            new ReadDefaults("-", Currency.getInstance("EUR"), "DE", Reading.TODAY, Set.of(), Set.of(OWN));

    private static BankStatement named(String text) throws UnreadableStatement {
        return Reading.read(text.getBytes(StandardCharsets.UTF_8), CsvProfile.DETECT, NAMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Danke", "Rücklastschrift", "", "Erstattung 17"})
    void pairsAPaymentWithItsReturnInTheExportOfDkb(String text) throws UnreadableStatement {
        var file =
                "\"Buchungsdatum\";\"Wertstellung\";\"Status\";\"Zahlungspflichtige*r\";\"Zahlungsempfänger*in\";\"Verwendungszweck\";\"Umsatztyp\";\"IBAN\";\"Betrag (€)\";\"Gläubiger-ID\";\"Mandatsreferenz\";\"Kundenreferenz\"\n"
                        + "\"20.04.26\";\"20.04.26\";\"Gebucht\";\"Aurora Cloud GmbH\";\"Max Adam\";\"" + text
                        + "\";\"Ausgang\";\"DE02100500000054540402\";\"-50,00\";\"\";\"\";\"\"\n"
                        + "\"18.04.26\";\"18.04.26\";\"Gebucht\";\"Max Adam\";\"Aurora Cloud GmbH\";\"RF138641464252\";\"Eingang\";\"DE02100500000054540402\";\"50,00\";\"\";\"\";\"\"\n"
                        + "\"17.04.26\";\"17.04.26\";\"Gebucht\";\"Aurora Cloud GmbH\";\"Stadtwerke Beispielstadt\";\"Abschlag April\";\"Ausgang\";\"DE02500105170137075030\";\"-120,40\";\"\";\"\";\"\"\n";
        for (var statement : List.of(Reading.csv(file), named(file))) {
            assertThat(Reading.rows(statement))
                    .containsExactly("review COUNTERPART", "review COUNTERPART", "-120.4 EUR");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Auftraggeber,Empfänger",
        "Empfänger,Auftraggeber",
        "Payer Name,Payee Name",
        "From,To",
        "Zahlungspflichtiger,Zahlungsempfänger",
        "Sender name,Beneficiary name",
        "Payer,Recipient",
        "Émetteur,Bénéficiaire",
        "Ordenante,Beneficiario",
        "Ordinante,Beneficiario"
    })
    void takesTheRecipientOfOutgoingMoneyForItsParty(String first, String second) throws UnreadableStatement {
        var isSwapped = first.equals("Empfänger");
        var statement = Reading.csv("Buchungstag;" + first + ";" + second + ";IBAN;Verwendungszweck;Betrag;Währung\n"
                + row("20.04.2026", "Max Adam", OWN, isSwapped, "DE02100500000054540402;RF138641464252;50,00;EUR")
                + row("21.04.2026", OWN, "Max Adam", isSwapped, "DE02100500000054540402;Danke;-50,00;EUR")
                + row("22.04.2026", OWN, "Stadtwerke", isSwapped, "DE02500105170137075030;Abschlag;-120,40;EUR"));
        assertThat(Reading.rows(statement)).containsExactly("review COUNTERPART", "review COUNTERPART", "-120.4 EUR");
        assertThat(statement.transactions())
                .extracting(BankTransaction::payer, BankTransaction::iban)
                .containsExactly(tuple("Stadtwerke", "DE02500105170137075030"));
    }

    private static String row(String date, String payer, String payee, boolean isSwapped, String rest) {
        return date + ";" + (isSwapped ? payee + ";" + payer : payer + ";" + payee) + ";" + rest + "\n";
    }

    @Test
    void readsTheAccountsOfBothSides() throws UnreadableStatement {
        var statement = Reading.csv("""
                Buchungstag;Payer;Payer IBAN;Payee;Payee Account Number;Verwendungszweck;Betrag;Währung
                20.04.2026;Max Adam;DE02100500000054540402;Aurora;DE02120300000000202051;RF138641464252;50,00;EUR
                21.04.2026;Aurora;DE02120300000000202051;M. Adam;DE02100500000054540402;Danke;-50,00;EUR
                22.04.2026;Aurora;DE02120300000000202051;Stadtwerke;DE02500105170137075030;Abschlag;-120,40;EUR
                """);
        assertThat(Reading.rows(statement)).containsExactly("review COLUMN", "review COUNTERPART", "-120.4 EUR");
    }

    @Test
    void doesNotCountTheResellerAmongThePartiesOfAnAccount() throws UnreadableStatement {
        var statement = named("""
                Buchungstag;Auftraggeber;IBAN;Verwendungszweck;Betrag;Währung
                20.04.2026;Max Adam;DE02100500000054540402;RF138641464252;50,00;EUR
                21.04.2026;AURORA CLOUD GMBH;DE02100500000054540402;Danke;-50,00;EUR
                22.04.2026;Aurora Cloud GmbH;DE02500105170137075030;Abschlag;-120,40;EUR
                """);
        assertThat(Reading.rows(statement)).containsExactly("review COUNTERPART", "review COUNTERPART", "-120.4 EUR");
        assertThat(statement.transactions()).extracting(BankTransaction::payer).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Aurora Cloud GmbH",
                "AURORA CLOUD GMBH",
                "Aurora Cloud",
                "Cloud Aurora GmbH",
                "Aurora Cloud GmbH, Berlin"
            })
    void reviewsIncomingMoneyOfTheReseller(String payer) throws UnreadableStatement {
        assertThat(Reading.rows(named("Buchungstag;Name;IBAN;Verwendungszweck;Betrag;Währung\n20.04.2026;" + payer
                        + ";DE02100500000054540402;RF138641464252;50,00;EUR\n"
                        + "21.04.2026;Stadtwerke;DE02500105170137075030;Abschlag;-120,40;EUR\n")))
                .containsExactly("review INTERNAL", "-120.4 EUR");
        var camt = "<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>"
                + CamtFiles.entry(
                        "10.00",
                        "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>" + payer
                                + "</Nm></Dbtr></RltdPties><RmtInf><Ustrd>RF138641464252</Ustrd></RmtInf></TxDtls></NtryDtls>")
                + "</Stmt></BkToCstmrStmt></Document>";
        assertThat(Reading.rows(CamtFiles.read(camt))).containsExactly("10 EUR");
        assertThat(Reading.rows(named(camt))).containsExactly("review INTERNAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Aurora Bakery GmbH", "Cloud GmbH", "Aurora", "GmbH", "Rückenwind GmbH"})
    void creditsOtherNames(String payer) throws UnreadableStatement {
        assertThat(Reading.rows(named("Buchungstag;Name;IBAN;Verwendungszweck;Betrag;Währung\n20.04.2026;" + payer
                        + ";DE02100500000054540402;RF138641464252;50,00;EUR\n"
                        + "21.04.2026;Stadtwerke;DE02500105170137075030;Abschlag;-120,40;EUR\n")))
                .containsExactly("50 EUR", "-120.4 EUR");
    }

    @Test
    void ignoresTheResellerUnderANameForRecipients() throws UnreadableStatement {
        var statement = named("""
                Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung
                20.04.2026;Aurora Cloud GmbH;RF138641464252;50,00;EUR
                21.04.2026;Stadtwerke;Abschlag;-120,40;EUR
                """);
        assertThat(Reading.rows(statement)).containsExactly("50 EUR", "-120.4 EUR");
        assertThat(statement.transactions()).extracting(BankTransaction::payer).containsExactly("", "Stadtwerke");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NL69INGB0123456789", "0123456789", "12-34-56 12345678", "DE02100500000054540402"})
    void readsTheNameBesideAColumnOfAccounts(String account) throws UnreadableStatement {
        var statement = Reading.csv(
                "\"Date\";\"Interest Date\";\"Amount\";\"Account\";\"Counterparty\";\"Name\";\"Description\"\n"
                        + "2026-04-17;2026-04-17;240,00;NL02BUNQ2012345678;" + account + ";Bos BV;RF138641464252\n"
                        + "2026-04-16;2026-04-16;-1.070,00;NL02BUNQ2012345678;NL91ABNA0417164300;Energie NV;factuur 12\n");
        assertThat(statement.transactions()).extracting(BankTransaction::payer).containsExactly("Bos BV", "Energie NV");
    }
}
