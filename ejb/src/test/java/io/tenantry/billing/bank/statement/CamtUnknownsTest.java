package io.tenantry.billing.bank.statement;

import static io.tenantry.billing.bank.statement.CamtFiles.REF;
import static io.tenantry.billing.bank.statement.CamtFiles.entries;
import static io.tenantry.billing.bank.statement.CamtFiles.entry;
import static io.tenantry.billing.bank.statement.CamtFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements unknown to the standard, or not recognized as a payment, send an incoming entry to review. */
class CamtUnknownsTest {
    private static final String TEXT =
            "<NtryDtls><TxDtls><RmtInf><Ustrd>" + REF + "</Ustrd></RmtInf></TxDtls></NtryDtls>";

    private static String code(String domain, String family, String subFamily) {
        return "<BkTxCd><Domn><Cd>" + domain + "</Cd><Fmly><Cd>" + family + "</Cd><SubFmlyCd>" + subFamily
                + "</SubFmlyCd></Fmly></Domn></BkTxCd>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Blorb>x</Blorb>",
                "<Prvsnl>true</Prvsnl>",
                "<x:BkTxCd xmlns:x=\"urn:other\"/>",
                "<RvslInd>yes</RvslInd>",
                "<RvslInd>TRUE</RvslInd>",
                "<NtryDtls><Held>1</Held></NtryDtls>",
                "<NtryDtls><TxDtls><Sts>PDNG</Sts></TxDtls></NtryDtls>",
                "<NtryDtls><TxDtls><SplmtryData><Envlp><State>held</State></Envlp></SplmtryData></TxDtls></NtryDtls>",
                "<Avlbty><Dt><NbOfDays>3</NbOfDays></Dt><Amt Ccy=\"EUR\">9</Amt></Avlbty>",
                "<Avlbty><Dt><ActlDt>2026-12-30</ActlDt></Dt><Amt Ccy=\"EUR\">9</Amt></Avlbty>",
                "<AddtlInfInd><MsgNmId>pacs.004.001.09</MsgNmId></AddtlInfInd>",
                "<AddtlInfInd><MsgNmId>camt.056.001.08</MsgNmId></AddtlInfInd>",
                "<TechInptChanl><Prtry>TEST</Prtry></TechInptChanl>",
                "<BkTxCd><Prtry><Cd>NTRF+899+1</Cd></Prtry></BkTxCd>",
                "<BkTxCd><Prtry><Cd>835</Cd></Prtry></BkTxCd>"
            })
    void reviewsUnknownElements(String unknown) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("9.00", unknown + "<AddtlNtryInf>" + REF + "</AddtlNtryInf>"))))
                .containsExactly("review ELEMENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LDAS FTLN DDWN",
                "SECU SETT TRAD",
                "ACMT OPCL ACCO",
                "TRAD LOCC STLR",
                "XTND NTAV NTAV",
                "PMNT MCOP ADJT",
                "PMNT XXXX ESCT",
                "PMNT RCDT FEES",
                "PMNT RCDT INTR",
                "PMNT RCDT SALA",
                "PMNT RCDT XBSA",
                "PMNT NTAV NTAV",
                "PMET SPOT NTAV",
                "DERV OTCD NTAV"
            })
    void reviewsCodesOfOtherDomains(String codes) throws UnreadableStatement {
        var each = codes.split(" ", -1);
        assertThat(Reading.rows(entries(entry("9.00", code(each[0], each[1], each[2]) + TEXT))))
                .containsExactly("review ELEMENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Avlbty><Dt><ActlDt>2026-11-24</ActlDt></Dt><Amt Ccy=\"EUR\">9</Amt></Avlbty>",
                "<AddtlInfInd><MsgNmId>pacs.008.001.08</MsgNmId></AddtlInfInd>",
                "<AddtlInfInd><MsgNmId>camt.054.001.08</MsgNmId></AddtlInfInd>",
                "<TechInptChanl><Prtry>FILE</Prtry></TechInptChanl>"
            })
    void booksElementsOfPayments(String known) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("9.00", known + TEXT)))).containsExactly("9 EUR");
    }

    @ParameterizedTest
    @CsvSource({
        "<Cd>CACC</Cd>, 9 EUR",
        "<Prtry>Geschäftsgirokonto</Prtry>, 9 EUR",
        "<Cd>LOAN</Cd>, review ELEMENT",
        "<Cd>SVGS</Cd>, review ELEMENT",
        "<Prtry>ESCROW</Prtry>, review ELEMENT"
    })
    void reviewsAccountsOnWhichPaymentsDoNotArrive(String type, String expected) throws UnreadableStatement {
        var file = "<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Tp>" + type
                + "</Tp></Acct>" + entry("9.00", TEXT) + "</Stmt></BkToCstmrStmt></Document>";
        assertThat(Reading.rows(CamtFiles.read(file))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "<PrtryAmt><Tp>BLOCKED</Tp><Amt Ccy=~EUR~>9.00</Amt></PrtryAmt>, review ELEMENT",
        "<PrtryAmt><Tp>PROVISIONAL</Tp><Amt Ccy=~EUR~>4.00</Amt></PrtryAmt>, review ELEMENT",
        "<PrtryAmt><Amt Ccy=~EUR~>9.00</Amt></PrtryAmt>, review ELEMENT",
        "<AnncdPstngAmt><Amt Ccy=~EUR~>9.00</Amt></AnncdPstngAmt>, review ELEMENT",
        "<PrtryAmt><Tp>IBS</Tp><Amt Ccy=~EUR~>9.00</Amt></PrtryAmt>, 9 EUR"
    })
    void reviewsAmountsOfUnknownTypes(String amount, String expected) throws UnreadableStatement {
        var details = "<AmtDtls>" + amount.replace('~', '"') + "</AmtDtls>";
        assertThat(Reading.rows(entries(entry("9.00", details + TEXT)))).containsExactly(expected);
        assertThat(Reading.rows(entries(entry("9.00", TEXT.replace("<RmtInf>", details + "<RmtInf>")))))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/RETN/59/XT99/AC04", "/REJT/AC01", "RTRN AC04", "Return reason MS03", "FOCR", "CNOR"})
    void reviewsReasonsOfReturnsInTexts(String text) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("9.00", TEXT + "<AddtlNtryInf>" + text + "</AddtlNtryInf>"))))
                .containsExactly("review REVERSAL");
    }

    @Test
    void reviewsAnEntryThatStatesAnotherAmountInItsDetails() throws UnreadableStatement {
        assertThat(Reading.rows(
                        entries(entry("9.00", "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">8.00</Amt></TxAmt></AmtDtls>" + TEXT))))
                .containsExactly("review BATCH");
        assertThat(Reading.rows(
                        entries(entry("9.00", "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">9.00</Amt></TxAmt></AmtDtls>" + TEXT))))
                .containsExactly("9 EUR");
    }

    @ParameterizedTest
    @CsvSource({"Storno, review REVERSAL", "Chargeback, review REVERSAL", "Storno Software GmbH, 9 EUR"})
    void judgesThePayersName(String payer, String expected) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry(
                        "9.00",
                        "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>" + payer + "</Nm></Dbtr></RltdPties><RmtInf><Ustrd>"
                                + REF + "</Ustrd></RmtInf></TxDtls></NtryDtls>"))))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PMNT RCDT ESCT", "PMNT RCDT DMCT", "PMNT RRCT ESCT", "PMNT RCDT NTAV", "PMNT RCDT BOOK"})
    void booksCodesOfPayments(String codes) throws UnreadableStatement {
        var each = codes.split(" ", -1);
        assertThat(Reading.rows(entries(entry("9.00", code(each[0], each[1], each[2]) + TEXT))))
                .containsExactly("9 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOAN", "LOAR", "SALA", "DIVI", "INTE", "TAXR", "VATX", "SWEP", "CASH", "INTC", "GOVT", "BENE", "CORT2",
                "loan"
            })
    void reviewsOtherPurposesThanCustomerPayments(String code) throws UnreadableStatement {
        for (var purpose : List.of(
                "<Purp><Cd>" + code + "</Cd></Purp>",
                "<PmtTpInf><CtgyPurp><Cd>" + code + "</Cd></CtgyPurp></PmtTpInf>")) {
            assertThat(Reading.rows(entries(entry("9.00", "<NtryDtls><TxDtls>" + purpose + "</TxDtls></NtryDtls>"))))
                    .containsExactly("review INTERNAL");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<BkTxCd><Prtry><Cd>LOAN</Cd></Prtry></BkTxCd>",
                "<BkTxCd><Prtry><Cd>Kreditauszahlung</Cd></Prtry></BkTxCd>",
                "<NtryDtls><TxDtls><Purp><Prtry>LOAN</Prtry></Purp></TxDtls></NtryDtls>",
                "<NtryDtls><TxDtls><BkTxCd><Prtry><Cd>interest paid</Cd></Prtry></BkTxCd></TxDtls></NtryDtls>"
            })
    void reviewsBankWordsForOtherPurposes(String rest) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("9.00", rest)))).containsExactly("review INTERNAL");
    }

    @Test
    void reviewsMuchLaterValueDates() throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("9.00", "<ValDt><Dt>2026-11-27</Dt></ValDt>")
                        + entry("8.00", "<ValDt><Dt>2027-01-15</Dt></ValDt>"))))
                .containsExactly("9 EUR", "review DATE_FAR_OFF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNPAID",
                "IMPAYE",
                "REJT",
                "RFND",
                "ANNULATION",
                "NINT",
                "NDIV",
                "NFEX",
                "NLDP",
                "NSEC",
                "NRVS",
                "NMSC",
                "FTRF",
                "FMSC",
                "NCHG",
                "NINT+166+1",
                "166X",
                "16",
                "1660",
                "ntrf",
                "153",
                "154",
                "156",
                "160",
                "083",
                "202",
                "NTRF+202+1",
                "XYZ",
                "0",
                "CREDIT"
            })
    void reviewsProprietaryCodesNotKnownAsPayments(String code) throws UnreadableStatement {
        var codes = "<BkTxCd><Prtry><Cd>" + code + "</Cd></Prtry></BkTxCd>";
        for (var rest :
                List.of(codes + TEXT, TEXT.replace("<TxDtls>", "<TxDtls>" + codes), "<BkTxCd/>" + codes + TEXT)) {
            assertThat(Reading.rows(entries(entry("9.00", rest))))
                    .singleElement()
                    .asString()
                    .startsWith("review");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NTRF",
                "166",
                "NTRF+166",
                "NTRF+166+9060",
                "NTRF+166+993205",
                "NTRF+166+9249+888",
                "NSTO+152+00900",
                "152",
                "168",
                "NTRF+168+1",
                "NMSC+166",
                "169",
                "NDDT+171+1",
                "192",
                "194"
            })
    void booksProprietaryCodesKnownAsPayments(String code) throws UnreadableStatement {
        for (var issuer : List.of("", "<Issr>DK</Issr>", "<Issr>ZKA</Issr>")) {
            assertThat(Reading.rows(entries(entry(
                            "9.00", "<BkTxCd><Prtry><Cd>" + code + "</Cd>" + issuer + "</Prtry></BkTxCd>" + TEXT))))
                    .containsExactly("9 EUR");
        }
    }

    @Test
    void doesNotReadNumbersOfOtherBanksAsGermanCodes() throws UnreadableStatement {
        var own = "<Prtry><Cd>%s</Cd><Issr>RABOBANK</Issr></Prtry></BkTxCd>";
        assertThat(Reading.rows(entries(entry("9.00", "<BkTxCd>" + own.formatted("166") + TEXT)
                        + entry(
                                "8.00",
                                code("PMNT", "RCDT", "ESCT").replace("</BkTxCd>", own.formatted("541")) + TEXT))))
                .containsExactly("review ELEMENT", "8 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NINT", "NDIV+1", "FFEX", "899", "NTRF+899", "NINT+166"})
    void reviewsProprietaryCodesThatContradictTheDomain(String own) throws UnreadableStatement {
        var codes = code("PMNT", "RCDT", "ESCT").replace("</BkTxCd>", "<Prtry><Cd>" + own + "</Cd></Prtry></BkTxCd>");
        assertThat(Reading.rows(entries(entry("9.00", codes + TEXT)))).containsExactly("review ELEMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REFUND", "REFU", "Darlehen", "OTHER", "gift", "SUPPX", "supp"})
    void reviewsProprietaryPurposesNotKnownAsPayments(String own) throws UnreadableStatement {
        for (var purpose : List.of(
                "<Purp><Prtry>" + own + "</Prtry></Purp>",
                "<CtgyPurp><Prtry>" + own + "</Prtry></CtgyPurp>",
                "<PmtTpInf><CtgyPurp><Prtry>" + own + "</Prtry></CtgyPurp></PmtTpInf>")) {
            assertThat(Reading.rows(entries(entry("9.00", TEXT.replace("<TxDtls>", "<TxDtls>" + purpose)))))
                    .singleElement()
                    .asString()
                    .startsWith("review");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPP", "GDDS", "RF47 1234 5678 90"})
    void booksProprietaryPurposesOfPayments(String own) throws UnreadableStatement {
        var purpose = "<Purp><Prtry>" + own + "</Prtry></Purp>";
        assertThat(Reading.rows(entries(entry("9.00", TEXT.replace("<TxDtls>", "<TxDtls>" + purpose)))))
                .containsExactly("9 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Intrst><Rcrd><Amt Ccy=\"EUR\">9.00</Amt></Rcrd></Intrst>",
                "<CorpActn><EvtTp>DVCA</EvtTp></CorpActn>",
                "<SfkpgAcct><Id>1</Id></SfkpgAcct>",
                "<FinInstrmId><ISIN>DE0007164600</ISIN></FinInstrmId>"
            })
    void reviewsInterestAndSecurities(String detail) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry("9.00", TEXT.replace("<TxDtls>", "<TxDtls>" + detail)))))
                .containsExactly("review ELEMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPP", "GDDS", "SCVE", "TRAD", "IVPT", "OTHR"})
    void booksPurposesOfCustomerPayments(String code) throws UnreadableStatement {
        assertThat(Reading.rows(entries(
                        entry("9.00", "<NtryDtls><TxDtls><Purp><Cd>" + code + "</Cd></Purp></TxDtls></NtryDtls>"))))
                .containsExactly("9 EUR");
    }

    @Test
    void booksGermanCodesOfTransfers() throws UnreadableStatement {
        assertThat(Reading.rows(entries(
                        entry("9.00", "<BkTxCd><Prtry><Cd>NTRF+166+9060</Cd><Issr>DK</Issr></Prtry></BkTxCd>" + TEXT))))
                .containsExactly("9 EUR");
    }

    @Test
    void reviewNamesTheElement() throws UnreadableStatement {
        assertThat(entries(entry("9.00", "<Blorb>x</Blorb>" + TEXT)).reviews())
                .singleElement()
                .satisfies(review -> assertThat(review.detail()).isEqualTo("Blorb: x"));
    }

    @Test
    void nonStandardElementsAffectAllEntries() throws UnreadableStatement {
        assertThat(Reading.rows(entries("<Provisional>1</Provisional>" + entry("9.00", TEXT))))
                .containsExactly("review ELEMENT");
    }

    @Test
    void reviewsMessagesOfTestSystems() throws UnreadableStatement {
        var file =
                "<Document><BkToCstmrStmt><GrpHdr><AddtlInf>SPS/2.0/%s</AddtlInf></GrpHdr><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>"
                        + entry("9.00", TEXT) + "</Stmt></BkToCstmrStmt></Document>";
        assertThat(Reading.rows(read(file.formatted("TEST")))).containsExactly("review ELEMENT");
        assertThat(Reading.rows(read(file.formatted("PROD")))).containsExactly("9 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETOUR",
                "RETURN",
                "REVERSAL",
                "STORNO",
                "Storno+1",
                "RETURNED PAYMENT",
                "RUECKLASTSCHRIFT",
                "REFUND"
            })
    void reviewsBankCodesWithWordsForReturns(String code) throws UnreadableStatement {
        assertThat(Reading.rows(entries(entry(
                        "9.00",
                        "<BkTxCd><Prtry><Cd>" + code + "</Cd></Prtry></BkTxCd><AddtlNtryInf>" + REF
                                + "</AddtlNtryInf>"))))
                .containsExactly("review REVERSAL");
    }
}
