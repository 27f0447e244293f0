package io.tenantry.billing.bank.statement;

import static io.tenantry.billing.bank.statement.CamtFiles.CREDIT;
import static io.tenantry.billing.bank.statement.CamtFiles.REF;
import static io.tenantry.billing.bank.statement.CamtFiles.entries;
import static io.tenantry.billing.bank.statement.CamtFiles.entry;
import static io.tenantry.billing.bank.statement.CamtFiles.read;
import static io.tenantry.billing.bank.statement.CamtFiles.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ISO 20022 statements in all versions, with every element that can occur several times or at several depths. */
class Camt053Test {
    @TempDir
    Path folder;

    @Test
    void readsTheOlderForm() throws UnreadableStatement {
        var read = entries("<Ntry><NtryRef>1</NtryRef><Amt Ccy=\"EUR\">119.00</Amt>" + CREDIT + """
                <AcctSvcrRef>2026110312345</AcctSvcrRef>
                <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
                  <RltdPties><Dbtr><Nm>Nordwind Logistik GmbH</Nm></Dbtr><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties>
                  <RmtInf><Ustrd>Rechnung INV-2026-</Ustrd><Ustrd>000007 RF12 3456</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
                """);
        assertThat(read.transactions())
                .containsExactly(new BankTransaction(
                        "DE89370400440532013000",
                        "2026110312345",
                        LocalDate.of(2026, 4, 17),
                        new BigDecimal("119.00"),
                        Currency.getInstance("EUR"),
                        "Nordwind Logistik GmbH",
                        "DE02120300000000202051",
                        "Rechnung INV-2026- 000007 RF12 3456"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "27"})
    void readsEveryVersionWithPrefixesAndTimestamps(String version) throws UnreadableStatement {
        var file = """
                <c:Document xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt.053.001.%s"><c:BkToCstmrStmt>
                <c:Stmt><c:Acct><c:Id><c:Othr><c:Id>12-345</c:Id></c:Othr></c:Id></c:Acct>
                <c:Ntry><c:Amt Ccy="USD">7.5</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:Sts><c:Cd>BOOK</c:Cd></c:Sts>
                  <c:BookgDt><c:DtTm>2026-04-17T13:45:00+01:00</c:DtTm></c:BookgDt>
                  <c:NtryDtls><c:TxDtls><c:Refs><c:EndToEndId>E2E-9</c:EndToEndId></c:Refs><c:RltdPties><c:Dbtr><c:Pty><c:Nm>Ann
                  Lee</c:Nm></c:Pty></c:Dbtr></c:RltdPties>
                  <c:RmtInf><c:Strd><c:CdtrRefInf><c:Ref>RF471234567890</c:Ref></c:CdtrRefInf></c:Strd></c:RmtInf></c:TxDtls></c:NtryDtls></c:Ntry>
                </c:Stmt></c:BkToCstmrStmt></c:Document>
                """.formatted(version);
        assertThat(read(file).transactions())
                .containsExactly(new BankTransaction(
                        "12-345",
                        "",
                        LocalDate.of(2026, 4, 17),
                        new BigDecimal("7.5"),
                        Currency.getInstance("USD"),
                        "Ann Lee",
                        "",
                        "RF471234567890 E2E-9"));
    }

    @Test
    void keepsAllReferencesAndWords() throws UnreadableStatement {
        var part = """
                <Refs><EndToEndId>e2e</EndToEndId><InstrId>instr</InstrId><TxId>tx</TxId><MndtId>mandate</MndtId><ChqNb>cheque</ChqNb>
                  <Prtry><Tp>x</Tp><Ref>proprietary</Ref></Prtry></Refs>
                <RltdPties><InitgPty><Nm>Initiator</Nm></InitgPty><UltmtDbtr><Pty><Nm>Ultimate</Nm></Pty></UltmtDbtr></RltdPties>
                <RltdRmtInf><RmtId>related</RmtId></RltdRmtInf>
                <RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd>
                  <Strd><RfrdDocInf><Nb>doc1</Nb></RfrdDocInf><RfrdDocInf><Nb>doc2</Nb></RfrdDocInf><CdtrRefInf><Ref>ref1</Ref></CdtrRefInf><AddtlRmtInf>add1</AddtlRmtInf>
                    <AddtlRmtInf>add2</AddtlRmtInf></Strd>
                  <Strd><CdtrRefInf><Ref>ref2</Ref></CdtrRefInf></Strd></RmtInf>
                <AddtlTxInf>of the part</AddtlTxInf>
                """;
        var read = entries(entry(
                "9.00", "<NtryDtls><TxDtls>" + part + "</TxDtls></NtryDtls><AddtlNtryInf>of the entry</AddtlNtryInf>"));
        assertThat(read.transactions()).singleElement().satisfies(transaction -> {
            assertThat(transaction.purpose())
                    .isEqualTo(
                            "one two ref1 doc1 doc2 add1 add2 ref2 e2e instr tx mandate cheque proprietary related of the part of the entry");
            assertThat(transaction.payer()).isEqualTo("Ultimate");
        });
    }

    @Test
    void splitsABatchByTheSignsOfItsParts() throws UnreadableStatement {
        var read = entries(entry(
                "90.00",
                "<AcctSvcrRef>B7</AcctSvcrRef><NtryDtls>"
                        + "<TxDtls><Refs><AcctSvcrRef>B7</AcctSvcrRef></Refs><Amt Ccy=\"EUR\">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>"
                        + REF + "</Ustrd></RmtInf></TxDtls>"
                        + "<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">10.00</Amt></TxAmt></AmtDtls><CdtDbtInd>DBIT</CdtDbtInd><RmtInf><Ustrd>fee</Ustrd></RmtInf>"
                        + "</TxDtls></NtryDtls>"));
        assertThat(read.transactions())
                .extracting(each -> each.amount() + " " + each.bankReference() + " " + each.purpose())
                .containsExactly("100.00 B7/0 " + REF, "-10.00 B7/1 fee");
    }

    @Test
    void neverCreditsAnIncompleteBatch() throws UnreadableStatement {
        var one = "<TxDtls><Amt Ccy=\"EUR\">1.00</Amt><RmtInf><Ustrd>" + REF + "</Ustrd></RmtInf></TxDtls>";
        var read = entries(entry("9.00", "<NtryDtls>" + one + one + "</NtryDtls>")
                + entry("9.00", "<NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch>" + one + "</NtryDtls>")
                + entry(
                        "9.00",
                        "<NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch></NtryDtls><AddtlNtryInf>" + REF
                                + "</AddtlNtryInf>")
                + entry("2.00", "<NtryDtls>" + one + one.replace("Ccy=\"EUR\"", "Ccy=\"USD\"") + "</NtryDtls>")
                + entry(
                        "9.00",
                        "<NtryDtls>" + one.replace("<RmtInf>", "<CdtDbtInd>DBIT</CdtDbtInd><RmtInf>") + "</NtryDtls>"));
        assertThat(Reading.rows(read))
                .containsExactly(
                        "review BATCH", "review BATCH", "review BATCH", "review BATCH", "review CONTRADICTION");
        assertThat(read.reviews())
                .allSatisfy(row -> assertThat(row.known().purpose()).contains(REF));
    }

    @Test
    void skipsEntriesWithoutMoney() throws UnreadableStatement {
        var read = entries(entry("0.00", "<AddtlNtryInf>Kontoabschluss</AddtlNtryInf>")
                + entry("5.00", "").replace("BOOK", "PDNG")
                + entry("5.00", "").replace("BOOK", "<Cd>PDNG</Cd>")
                + entry("5.00", "").replace("BOOK", "<Cd>FUTR</Cd>")
                + entry("5.00", "").replace("BOOK", "<Prtry>Vorgemerkt</Prtry>")
                + entry("5.00", "").replace("BOOK", "INFO")
                + entry("5.00", ""));
        assertThat(Reading.rows(read))
                .containsExactly(
                        "skip ZERO_AMOUNT",
                        "skip PENDING",
                        "skip PENDING",
                        "skip PENDING",
                        "skip PENDING",
                        "skip NOTE",
                        "5 EUR");
        assertThat(read.rows()).extracting(StatementRow::line).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void uncertainEntryDoesNotBlockOthers() throws UnreadableStatement {
        var read = entries(entry("5,00", "")
                + entry("-5.00", "")
                + entry("1e9", "")
                + entry("5.001", "")
                + entry("5.00", "").replace("EUR", "TEN")
                + entry("5.00", "").replace("CRDT", "X")
                + entry("5.00", "").replace("2026-04-17", "17.04.2026")
                + entry("5.00", "").replace("2026-04-17", "2062-04-17")
                + entry("5.00", "").replace("2026-04-17", "2026-11-28")
                + entry("5.00", "").replace("BOOK", "<Prtry>Whatever</Prtry>")
                + entry("5.00", "<RvslInd>true</RvslInd>")
                + entry("5.00", "<NtryDtls><TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>")
                + entry("5.00", "<AddtlNtryInf>" + "x".repeat(1_001) + "</AddtlNtryInf>")
                + entry("6.00", ""));
        assertThat(Reading.rows(read))
                .containsExactly(
                        "review AMOUNT",
                        "review AMOUNT",
                        "review AMOUNT",
                        "review AMOUNT",
                        "review CURRENCY",
                        "review DIRECTION",
                        "review DATE",
                        "review DATE_FAR_OFF",
                        "review DATE_FAR_OFF",
                        "review STATUS",
                        "review REVERSAL",
                        "review REVERSAL",
                        "review TOO_LONG",
                        "6 EUR");
    }

    @Test
    void readsARepeatedEntryOnce() throws UnreadableStatement {
        var twice = entry("5.00", "<AcctSvcrRef>A1</AcctSvcrRef>");
        assertThat(Reading.rows(entries(twice + twice))).containsExactly("5 EUR", "review DUPLICATE");
        var stmt = "<Stmt><Id>7</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>" + entry("5.00", "")
                + "</Stmt>";
        var read = read("<Document><BkToCstmrStmt>" + stmt + stmt + stmt.replace("<Id>7</Id>", "<Id>8</Id>")
                + "</BkToCstmrStmt></Document>");
        assertThat(Reading.rows(read)).containsExactly("5 EUR", "review DUPLICATE", "5 EUR");
    }

    @Test
    void treatsSameReferenceDayAndAmountAsOnePayment() throws UnreadableStatement {
        var one = entry(
                "5.00",
                "<AcctSvcrRef>A1</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>one</Ustrd></RmtInf></TxDtls></NtryDtls>");
        var other = one.replace("one", "other").replace("5.00", "5.0");
        assertThat(Reading.rows(entries(one + other + other.replace("5.0", "6.0") + other.replace("A1", "A2"))))
                .containsExactly("5 EUR", "review DUPLICATE", "6 EUR", "5 EUR");
    }

    @Test
    void partsOfABatchMayShareAReference() throws UnreadableStatement {
        var part =
                "<TxDtls><Refs><AcctSvcrRef>P</AcctSvcrRef></Refs><Amt Ccy=\"EUR\">5.00</Amt><RmtInf><Ustrd>x</Ustrd></RmtInf></TxDtls>";
        assertThat(Reading.rows(entries(entry("10.00", "<NtryDtls>" + part + part + "</NtryDtls>"))))
                .containsExactly("5 EUR", "5 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rückgel. Überweisung",
                "Korrektur zu Buchung vom 17.11.",
                "Valutakorrektur",
                "Estornado",
                "Kautionsrückzahlung",
                "Erstattung",
                "E.v. Gutschrift",
                "환불",
                "退款",
                "Correctie",
                "Rettifica valuta",
                "Terugstorting"
            })
    void reviewsWordsForReturnsAndCorrections(String text) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry(
                        "5.00",
                        "<NtryDtls><TxDtls><RmtInf><Ustrd>" + REF
                                + "</Ustrd></RmtInf></TxDtls></NtryDtls><AddtlNtryInf>" + text + "</AddtlNtryInf>"))))
                .singleElement()
                .asString()
                .startsWith("review");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<NbOfTxs>3</NbOfTxs>",
                "<TtlAmt Ccy=\"EUR\">1.50</TtlAmt>",
                "<TtlAmt Ccy=\"USD\">2.00</TtlAmt>",
                "<NbOfTxs>2</NbOfTxs><CdtDbtInd>DBIT</CdtDbtInd>"
            })
    void reviewsABatchWhoseTotalsContradictItsParts(String figures) throws UnreadableStatement {
        var one = "<TxDtls><Amt Ccy=\"EUR\">1.00</Amt><RmtInf><Ustrd>" + REF + "</Ustrd></RmtInf></TxDtls>";
        assertThat(Reading.rows(
                        entries(entry("2.00", "<NtryDtls><Btch>" + figures + "</Btch>" + one + one + "</NtryDtls>"))))
                .containsExactly("review BATCH");
    }

    @Test
    void reviewsAFileMarkedAsDuplicate() throws UnreadableStatement {
        assertThat(Reading.rows(read("<Document><BkToCstmrStmt><GrpHdr><AddtlInf>DUPLICATE</AddtlInf></GrpHdr><Stmt>"
                        + entry("5.00", "<AddtlNtryInf>" + REF + "</AddtlNtryInf>")
                        + "</Stmt></BkToCstmrStmt></Document>")))
                .containsExactly("review COPY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DUPL", "CODU", "COPY"})
    void creditsNothingOfACopy(String kind) throws UnreadableStatement {
        var read = read("<Document><BkToCstmrStmt><Stmt><Id>7</Id><CpyDplctInd>" + kind
                + "</CpyDplctInd><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>" + entry("5.00", "")
                + "</Stmt></BkToCstmrStmt></Document>");
        assertThat(Reading.rows(read)).containsExactly("review COPY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<AddtlNtryInf>RUECKUEBERWEISUNG</AddtlNtryInf>",
                "<AddtlNtryInf>SEPA-Überweisungsrückgabe</AddtlNtryInf>",
                "<NtryDtls><TxDtls><AddtlTxInf>RUECKUEBERWEISUNG AC04</AddtlTxInf></TxDtls></NtryDtls>",
                "<NtryDtls><TxDtls><RmtInf><Ustrd>x RETURN REFUND MD07</Ustrd></RmtInf></TxDtls></NtryDtls>",
                "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>",
                "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>",
                "<BkTxCd><Prtry><Cd>NRTI+159+00931</Cd><Issr>DK</Issr></Prtry></BkTxCd>",
                "<NtryDtls><TxDtls><BkTxCd><Prtry><Cd>159</Cd></Prtry></BkTxCd></TxDtls></NtryDtls>"
            })
    void doesNotCreditReturns(String rest) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("5.00", rest)))).containsExactly("review REVERSAL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>",
                "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd><SubFmlyCd>ESDD</SubFmlyCd></Fmly></Domn></BkTxCd>",
                "<BkTxCd><Prtry><Cd>NTRF+166+9248</Cd><Issr>DK</Issr></Prtry></BkTxCd>"
            })
    void creditsOrdinaryCodes(String rest) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("5.00", rest)))).containsExactly("5 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Amt Ccy=\"EUR\">50.00</Amt>",
                "<Amt Ccy=\"USD\">100.00</Amt>",
                "<Amt Ccy=\"EUR\">x</Amt>",
                "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">50.00</Amt></TxAmt></AmtDtls>",
                "<Amt Ccy=\"EUR\">100.00</Amt><AmtDtls><TxAmt><Amt Ccy=\"EUR\">98.00</Amt></TxAmt></AmtDtls>",
                "<AmtDtls><InstdAmt><Amt Ccy=\"USD\">120.00</Amt><CcyXchg/></InstdAmt><TxAmt><Amt Ccy=\"EUR\">99.00</Amt></TxAmt></AmtDtls>"
            })
    void reviewsASinglePartThatDiffersFromItsEntry(String amounts) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry(
                        "100.00", "<NtryDtls><TxDtls>" + amounts + "<CdtDbtInd>CRDT</CdtDbtInd></TxDtls></NtryDtls>"))))
                .containsExactly("review BATCH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Amt Ccy=\"EUR\">100</Amt>",
                "<AmtDtls><InstdAmt><Amt Ccy=\"USD\">120.00</Amt></InstdAmt><TxAmt><Amt Ccy=\"EUR\">100.00</Amt></TxAmt></AmtDtls>",
                "<AmtDtls><TxAmt><Amt Ccy=\"USD\">120.00</Amt><CcyXchg/></TxAmt></AmtDtls>"
            })
    void creditsASinglePartThatEqualsItsEntry(String amounts) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("100.00", "<NtryDtls><TxDtls>" + amounts + "</TxDtls></NtryDtls>"))))
                .containsExactly("100 EUR");
    }

    @Test
    void reviewsContradictingTexts() throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("5.00", "<AddtlNtryInf>" + REF + " storniert</AddtlNtryInf>"))))
                .containsExactly("review STATUS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<AddtlNtryInf>Umbuchung</AddtlNtryInf>",
                "<BkTxCd><Domn><Cd>FORX</Cd><Fmly><Cd>SPOT</Cd><SubFmlyCd>OTHR</SubFmlyCd></Fmly></Domn></BkTxCd>",
                "<BkTxCd><Domn><Cd>CAMT</Cd><Fmly><Cd>ACCB</Cd><SubFmlyCd>ZABA</SubFmlyCd></Fmly></Domn></BkTxCd>",
                "<NtryDtls><TxDtls><Purp><Cd>INTC</Cd></Purp></TxDtls></NtryDtls>",
                "<NtryDtls><TxDtls><RltdPties><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties></TxDtls></NtryDtls>"
            })
    void reviewsTransfersBetweenOwnAccounts(String rest) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("5.00", rest)))).containsExactly("review INTERNAL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Amt Ccy=\"EUR\">9.00</Amt>",
                "<CdtDbtInd>DBIT</CdtDbtInd>",
                "<Sts>PDNG</Sts>",
                "<RvslInd>false</RvslInd><RvslInd>true</RvslInd>"
            })
    void reviewsRepeatedElementsOfAnEntry(String rest) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("5.00", rest)))).containsExactly("review CONTRADICTION");
    }

    @Test
    void reviewsAnEntryInAnotherCurrencyThanItsAccount() throws UnreadableStatement {
        var stmt = "<Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>"
                + entry("5.00", "").replace("EUR", "USD") + entry("6.00", "") + "</Stmt>";
        assertThat(Reading.rows(read("<Document><BkToCstmrStmt>" + stmt + "</BkToCstmrStmt></Document>")))
                .containsExactly("review CURRENCY", "6 EUR");
    }

    @Test
    void booksNothingWithoutAStatus() throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("5.00", "").replace("<Sts>BOOK</Sts>", "")
                        + entry("5.00", "").replace("BOOK", "")
                        + entry("6.00", ""))))
                .containsExactly("review STATUS", "review STATUS", "6 EUR");
    }

    @Test
    void keepsASecondReferenceInThePurpose() throws UnreadableStatement {
        var second = "RF47 1234 5678 90";
        for (var elsewhere : List.of(
                "<RltdPties><Dbtr><Nm>Oak " + second + "</Nm></Dbtr></RltdPties>",
                "<Purp><Prtry>" + second + "</Prtry></Purp>",
                "<RltdPties><Dbtr><PstlAdr><AdrLine>" + second + "</AdrLine></PstlAdr></Dbtr></RltdPties>")) {
            var part = "<NtryDtls><TxDtls>" + elsewhere + "<RmtInf><Ustrd>" + REF
                    + "</Ustrd></RmtInf></TxDtls></NtryDtls>";
            assertThat(entries(entry("5.00", part)).transactions())
                    .singleElement()
                    .satisfies(read -> assertThat(read.purpose()).contains(REF).contains(second));
        }
        var named = "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>" + second + "</Nm></Dbtr></RltdPties></TxDtls></NtryDtls>";
        assertThat(entries(entry("5.00", named)).transactions())
                .singleElement()
                .satisfies(read -> assertThat(read.purpose()).isEmpty());
    }

    @Test
    void comparesTotalsOfTheFile() throws UnreadableStatement {
        var sample = new String(StatementSamplesTest.resource("sparkasse-camt053-v02.xml"), StandardCharsets.UTF_8);
        assertThat(read(sample).totals().agree()).isTrue();
        assertThat(read(sample).balances())
                .extracting(Balance::kind)
                .containsExactly(Balance.Kind.OPENING, Balance.Kind.CLOSING);
        for (var wrong : List.of(
                sample.replace("1099.00", "1098.00"),
                sample.replace("<NbOfNtries>2<", "<NbOfNtries>3<"),
                sample.replace("<Sum>119.00<", "<Sum>120.00<"))) {
            assertThat(read(wrong).totals().agree()).isFalse();
        }
    }

    @Test
    void rejectsOtherFilesEntityExpansionAndDeepNesting() throws Exception {
        var good = "<Document><BkToCstmrStmt><Stmt>" + entry("5.00", "<AddtlNtryInf>a</AddtlNtryInf>")
                + "</Stmt></BkToCstmrStmt></Document>";
        var secret = Files.writeString(folder.resolve("secret.txt"), "RF00 stolen");
        var external = "<!DOCTYPE d [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>" + good.replace(">a<", ">&e;<");
        var laughs = new StringBuilder("<!DOCTYPE d [<!ENTITY a \"ha\">");
        for (var name = 'b'; name < 'z'; name++) {
            laughs.append("<!ENTITY %s \"%s\">".formatted(name, ("&" + (char) (name - 1) + ";").repeat(10)));
        }
        var included = "<Document xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include parse=\"text\" href=\""
                + secret.toUri() + "\"/></Document>";
        refuses(Reason.NO_XML, "", external);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> refuses(Reason.NO_XML, "", laughs + "]><Document>&y;</Document>"));
        refuses(Reason.NO_CAMT, "Document", included);
        refuses(Reason.NO_XML, "", good.replace(">a<", ">" + "<a>".repeat(100_000) + "</a>".repeat(100_000) + "<"));
    }

    @Test
    void namesOtherMessageTypes() {
        refuses(Reason.NO_XML, "", "<Document>");
        refuses(Reason.NO_CAMT, "Invoice", "<Invoice/>");
        refuses(
                Reason.OTHER_BANKING_FORMAT,
                "camt.053 in Envelope",
                "<s:Envelope xmlns:s='x'><s:Body><Document xmlns='y'><BkToCstmrStmt/></Document></s:Body></s:Envelope>");
        refuses(Reason.OTHER_BANKING_FORMAT, "camt.052", "<Document><BkToCstmrAcctRpt/></Document>");
        refuses(Reason.OTHER_BANKING_FORMAT, "camt.054", "<Document><BkToCstmrDbtCdtNtfctn/></Document>");
        for (var message : List.of("camt.052", "camt.054")) {
            refuses(
                    Reason.OTHER_BANKING_FORMAT,
                    message,
                    "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:" + message
                            + ".001.08'><BkToCstmrStmt><Stmt/></BkToCstmrStmt></Document>");
        }
        refuses(Reason.OTHER_BANKING_FORMAT, "pain.001", "<Document><CstmrCdtTrfInitn/></Document>");
        refuses(Reason.OTHER_BANKING_FORMAT, "pain.008", "<Document><CstmrDrctDbtInitn/></Document>");
    }

    @Test
    void reviewsReturnsByCodesOfGermanBanks() throws UnreadableStatement {
        var read = entries(entry("1.00", "<BkTxCd><Prtry><Cd>NTRF+159+9310</Cd></Prtry></BkTxCd>")
                + entry(
                        "2.00",
                        "<NtryDtls><TxDtls><BkTxCd><Prtry><Cd>NRTI+181+00931</Cd></Prtry></BkTxCd></TxDtls></NtryDtls>")
                + entry("3.00", "<BkTxCd><Prtry><Cd>NTRF+166+159</Cd></Prtry></BkTxCd>")
                + entry("4.00", "<BkTxCd><Prtry><Cd>166</Cd></Prtry></BkTxCd>"));
        assertThat(Reading.rows(read)).containsExactly("review REVERSAL", "review REVERSAL", "3 EUR", "4 EUR");
    }
}
