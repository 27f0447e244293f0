package io.tenantry.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.bank.CsvStatement.Column;
import io.tenantry.bank.Statement.Line;
import io.tenantry.bank.UnreadableStatement.Reason;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of banks, in the shapes in which banks write them, and files that are none. */
class StatementsTest {
    private static final Currency EUR = Currency.getInstance("EUR");

    /** As the older version has it, with an entry that is only announced and money that went out. */
    private static final String OLD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
            <Stmt><Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
            <Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">119.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt>
              <AcctSvcrRef>2026110312345</AcctSvcrRef>
              <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
                <RltdPties><Dbtr><Nm>Nordwind Logistik GmbH</Nm></Dbtr><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties>
                <RmtInf><Ustrd>Rechnung INV-2026-</Ustrd><Ustrd>000007 RF12 3456</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            <Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2026-11-04</Dt></BookgDt></Ntry>
            <Ntry><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-04</Dt></BookgDt>
              <AcctSvcrRef>NONREF</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Cdtr><Nm>Stadtwerke</Nm></Cdtr></RltdPties></TxDtls></NtryDtls></Ntry>
            </Stmt></BkToCstmrStmt></Document>
            """;

    /** As the newer version has it, with prefixes, moments and references of their own. */
    private static final String NEW = """
            <c:Document xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><c:BkToCstmrStmt>
            <c:Stmt><c:Acct><c:Id><c:Othr><c:Id>12-345</c:Id></c:Othr></c:Id></c:Acct>
            <c:Ntry><c:Amt Ccy="USD">7.5</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:Sts><c:Cd>BOOK</c:Cd></c:Sts>
              <c:BookgDt><c:DtTm>2026-11-05T13:45:00+01:00</c:DtTm></c:BookgDt>
              <c:NtryDtls><c:TxDtls><c:Refs><c:EndToEndId>E2E-9</c:EndToEndId></c:Refs><c:RltdPties><c:Dbtr><c:Pty><c:Nm>Ann
              Lee</c:Nm></c:Pty></c:Dbtr></c:RltdPties>
              <c:RmtInf><c:Strd><c:CdtrRefInf><c:Ref>RF471234567890</c:Ref></c:CdtrRefInf></c:Strd></c:RmtInf></c:TxDtls></c:NtryDtls></c:Ntry>
            </c:Stmt></c:BkToCstmrStmt></c:Document>
            """;

    /** Many transfers in one entry. */
    private static final String BATCH = """
            <Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
            <Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><ValDt><Dt>2026-11-06</Dt></ValDt><AcctSvcrRef>B7</AcctSvcrRef><NtryDtls>
              <TxDtls><Refs><AcctSvcrRef>B7</AcctSvcrRef></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls>
                <RmtInf><Ustrd>first</Ustrd></RmtInf></TxDtls>
              <TxDtls><Amt Ccy="EUR">20.00</Amt><RmtInf><Ustrd>second</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            <Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><ValDt><Dt>2026-11-06</Dt></ValDt><NtryDtls>
              <TxDtls><Amt Ccy="EUR">1.00</Amt></TxDtls><TxDtls><Amt Ccy="EUR">2.00</Amt></TxDtls></NtryDtls>
              <AddtlNtryInf>sums that do not add up</AddtlNtryInf></Ntry>
            </Stmt></BkToCstmrStmt></Document>
            """;

    @TempDir
    Path folder;

    @Test
    void readsWhatWasBookedInTheOlderForm() throws UnreadableStatement {
        assertThat(Camt053.read(bytes(OLD)).lines())
                .containsExactly(
                        new Line(
                                "DE89370400440532013000",
                                "2026110312345",
                                LocalDate.of(2026, 11, 3),
                                new BigDecimal("119.00"),
                                EUR,
                                "Nordwind Logistik GmbH",
                                "DE02120300000000202051",
                                "Rechnung INV-2026- 000007 RF12 3456"),
                        new Line(
                                "DE89370400440532013000",
                                "",
                                LocalDate.of(2026, 11, 4),
                                new BigDecimal("-20.00"),
                                EUR,
                                "Stadtwerke",
                                "",
                                ""));
    }

    @Test
    void readsTheNewerForm() throws UnreadableStatement {
        assertThat(Camt053.read(bytes(NEW)).lines())
                .containsExactly(new Line(
                        "12-345",
                        "",
                        LocalDate.of(2026, 11, 5),
                        new BigDecimal("7.5"),
                        Currency.getInstance("USD"),
                        "Ann Lee",
                        "",
                        "RF471234567890 E2E-9"));
    }

    @Test
    void readsEachTransferOfABatchIfTheyAreTheEntryTogether() throws UnreadableStatement {
        assertThat(Camt053.read(bytes(BATCH)).lines())
                .extracting(line -> line.amount() + " " + line.bankKey() + " " + line.words())
                .containsExactly("10.00 B7/0 first", "20.00 B7/1 second", "9.00  sums that do not add up");
    }

    @Test
    void neitherReadsOtherFilesNorGrows() throws Exception {
        var secret = Files.writeString(folder.resolve("secret.txt"), "RF00 stolen");
        var external = "<!DOCTYPE d [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>"
                + NEW.replace("<c:Ref>RF471234567890", "<c:Ref>&e;");
        var laughs = new StringBuilder("<!DOCTYPE d [<!ENTITY a \"ha\">");
        for (var name = 'b'; name < 'z'; name++) {
            laughs.append("<!ENTITY %s \"%s\">".formatted(name, ("&" + (char) (name - 1) + ";").repeat(10)));
        }
        var growing = laughs + "]><Document>&y;</Document>";
        var included = "<Document xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include parse=\"text\" href=\""
                + secret.toUri() + "\"/></Document>";

        refuses(Reason.NO_XML, external);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refuses(Reason.NO_XML, growing));
        refuses(Reason.NO_CAMT, included);
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        refuses(Reason.NO_XML, "<Document>");
        refuses(Reason.NO_CAMT, "<html><body/></html>");
        refuses(Reason.DATE, BATCH.replace("2026-11-06", "06.11.2026"));
        refuses(Reason.AMOUNT, BATCH.replace("30.00", "30,00"));
        refuses(Reason.AMOUNT, BATCH.replace("30.00", "-30.00"));
        refuses(Reason.AMOUNT, BATCH.replace("30.00", "1e999999999"));
        refuses(Reason.CURRENCY, BATCH.replace("Ccy=\"EUR\"", "Ccy=\"TEN\""));
    }

    private static void refuses(Reason reason, String file) {
        assertThatThrownBy(() -> Camt053.read(bytes(file)))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void readsATableOfAGermanBank() throws UnreadableStatement {
        var file = """
                Umsätze Girokonto;Zeitraum: 30 Tage
                Kontostand vom 06.11.2026;1.234,56 EUR

                Buchungstag;Valuta;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;Verwendungszweck;Betrag;Waehrung;IBAN Auftragskonto
                03.11.2026;03.11.2026;"Müller; Söhne";DE02 1203 0000 0000 2020 51;"Rechnung \""7\"\"";1.119,00;EUR;DE89370400440532013000
                04.11.26;04.11.26;Stadtwerke;;Strom;-20,5;EUR;DE89370400440532013000
                ;;;;Summe;1.098,50;EUR;
                """.getBytes(Charset.forName("windows-1252"));

        assertThat(CsvStatement.read(file, Map.of(), "-", EUR).lines())
                .containsExactly(
                        new Line(
                                "DE89370400440532013000",
                                "",
                                LocalDate.of(2026, 11, 3),
                                new BigDecimal("1119.00"),
                                EUR,
                                "Müller; Söhne",
                                "DE02120300000000202051",
                                "Rechnung \"7\""),
                        new Line(
                                "DE89370400440532013000",
                                "",
                                LocalDate.of(2026, 11, 4),
                                new BigDecimal("-20.5"),
                                EUR,
                                "Stadtwerke",
                                "",
                                "Strom"));
    }

    @Test
    void readsATableWithStrokesOnceADayTellsTheOrder() throws UnreadableStatement {
        var english =
                "\ufeffDate,Description,Amount,Transaction ID\r\n03/11/2026,RF47,\"1,119.00\",T1\r\n28/10/2026,x,£5,T2\r\n";
        assertThat(csv(english))
                .extracting(line -> line.bookedOn() + " " + line.amount() + " " + line.bankKey())
                .containsExactly("2026-11-03 1119.00 T1", "2026-10-28 5 T2");
        var american = "Date\tDescription\tAmount\n11/03/2026\tx\t5.00\n10/28/2026\ty\t6.00\n";
        assertThat(csv(american)).extracting(Line::bookedOn).first().isEqualTo(LocalDate.of(2026, 11, 3));
        refusesTable(Reason.DATE_ORDER, "Date,Amount\n03/11/2026,5.00\n");
        refusesTable(Reason.DATE_ORDER, "Date,Amount\n13/11/2026,5.00\n11/13/2026,5.00\n");
    }

    @Test
    void knowsAColumnByTheNameThatIsSaid() throws UnreadableStatement {
        var file = "Tag;Wert;Wer\n2026-11-03;5,00;Ann\n";
        refusesTable(Reason.NO_COLUMN, file);
        assertThat(CsvStatement.read(
                                bytes(file),
                                Map.of(Column.DATE, "tag", Column.AMOUNT, " Wert ", Column.PAYER, "Wer"),
                                "X",
                                EUR)
                        .lines())
                .containsExactly(
                        new Line("X", "", LocalDate.of(2026, 11, 3), new BigDecimal("5.00"), EUR, "Ann", "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,56|1234.56",
                "1,234.56|1234.56",
                "1.234.567|1234567",
                "1 234,5|1234.5",
                "-7,00|-7.00",
                "7,00-|-7.00",
                "+12|12",
                "12,3 EUR|12.3",
                "1'000.00|1000.00"
            })
    void readsAmounts(String text, String amount) throws UnreadableStatement {
        assertThat(CsvStatement.amount(text)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.234", "1,234", "abc", "1,2,3.4.5", "--5", "1e5", "99999999999999999"})
    void readsNoAmountThatIsNoneOrTwo(String text) {
        assertThatThrownBy(() -> CsvStatement.amount(text)).isInstanceOf(UnreadableStatement.class);
    }

    private static List<Line> csv(String file) throws UnreadableStatement {
        return CsvStatement.read(bytes(file), Map.of(), "-", EUR).lines();
    }

    private static void refusesTable(Reason reason, String file) {
        assertThatThrownBy(() -> csv(file))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void aMistypedReferenceIsNone() {
        var body = "1234567890";
        var checks = IntStream.rangeClosed(2, 98)
                .mapToObj(check -> "RF%02d".formatted(check) + body)
                .filter(CreditorReference::isValid)
                .toList();
        assertThat(checks).hasSize(1);
        var reference = checks.get(0);
        for (var at = 2; at < reference.length(); at++) {
            for (var digit = '0'; digit <= '9'; digit++) {
                if (digit != reference.charAt(at)) {
                    assertThat(CreditorReference.isValid(
                                    reference.substring(0, at) + digit + reference.substring(at + 1)))
                            .isFalse();
                }
            }
        }
        assertThat(CreditorReference.in(
                        "Zahlung " + CreditorReference.grouped(reference).toLowerCase(Locale.ROOT) + "\nDanke"))
                .containsExactly(reference);
        assertThat(CreditorReference.in("XRF" + reference.substring(2, 7) + "\r\n" + reference.substring(7) + "99"))
                .containsExactly(reference);
        assertThat(CreditorReference.digitsIn("Kd 1234 567 890, 12345678901")).containsExactly(body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
