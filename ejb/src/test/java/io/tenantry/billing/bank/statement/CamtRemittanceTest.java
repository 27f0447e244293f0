package io.tenantry.billing.bank.statement;

import static io.tenantry.billing.bank.statement.CamtFiles.REF;
import static io.tenantry.billing.bank.statement.CamtFiles.entries;
import static io.tenantry.billing.bank.statement.CamtFiles.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Remitted amounts of camt.053: money for other documents than those of the reference is not credited to its customer. */
class CamtRemittanceTest {
    private static final String OURS = "<CdtrRefInf><Ref>" + REF + "</Ref></CdtrRefInf>";
    private static final String OTHER = "<RfrdDocInf><Nb>4711</Nb></RfrdDocInf>";

    private static String strd(String... parts) {
        return "<Strd>" + String.join("", parts) + "</Strd>";
    }

    private static String amount(String name, String value) {
        return "<" + name + " Ccy=\"EUR\">" + value + "</" + name + ">";
    }

    private static String document(String... amounts) {
        return "<RfrdDocAmt>" + String.join("", amounts) + "</RfrdDocAmt>";
    }

    private static String remitted(String value) {
        return document(amount("RmtdAmt", value));
    }

    private static String adjusted(String value, String direction) {
        return "<AdjstmntAmtAndRsn>" + amount("Amt", value) + "<CdtDbtInd>" + direction
                + "</CdtDbtInd></AdjstmntAmtAndRsn>";
    }

    private static List<String> rows(String remittance) throws UnreadableStatement {
        return Reading.rows(
                entries(entry("100.00", "<NtryDtls><TxDtls><RmtInf>" + remittance + "</RmtInf></TxDtls></NtryDtls>")));
    }

    static Stream<String> contradictions() {
        return Stream.of(
                strd(OURS, remitted("40.00")) + strd(OTHER, remitted("60.00")),
                strd(OTHER, remitted("60.00")) + strd(OURS, remitted("40.00")),
                strd(OURS) + strd(OTHER, remitted("60.00")),
                strd(OURS) + strd(OTHER, remitted("100.00")),
                strd(OURS, remitted("40.00")) + strd(OTHER),
                strd(OURS, remitted("40.00")),
                strd(OURS, remitted("140.00")),
                strd(OURS, remitted("100.00").replace("EUR", "USD")),
                strd(OURS, remitted("x")),
                strd(OURS, remitted("40.00")) + strd(OURS.replace("1386", "9999"), remitted("60.00")),
                "<Ustrd>" + REF + "</Ustrd>" + strd(OTHER, remitted("60.00")),
                strd(OURS, document(amount("DuePyblAmt", "40.00"))),
                strd(OURS, document(amount("DuePyblAmt", "140.00"), amount("RmtdAmt", "100.00"))),
                strd(OURS, document(amount("CdtNoteAmt", "100.00"))),
                strd(OURS, document(amount("DuePyblAmt", "40.00"), adjusted("60.00", "CRDT"))),
                strd(OURS, document(amount("CdtNoteAmt", "60.00"), amount("RmtdAmt", "100.00"))),
                strd(OURS, document(adjusted("60.00", "CRDT"), amount("RmtdAmt", "100.00"))),
                strd(
                        OURS,
                        document(
                                amount("DuePyblAmt", "100.00"),
                                adjusted("60.00", "DBIT"),
                                amount("RmtdAmt", "100.00"))),
                strd(
                        OURS,
                        "<RfrdDocInf><Nb>1</Nb><LineDtls><Amt>" + amount("RmtdAmt", "40.00")
                                + "</Amt></LineDtls></RfrdDocInf>"),
                strd(OURS, "<RfrdDocAmt><RmtAmtAndTp>" + amount("Amt", "60.00") + "</RmtAmtAndTp></RfrdDocAmt>"),
                strd(OURS, "<RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>1</Nb></RfrdDocInf>"),
                strd(OURS, "<TaxRmt><Cdtr><TaxId>1</TaxId></Cdtr></TaxRmt>"),
                strd(OURS, "<GrnshmtRmt><RefNb>1</RefNb></GrnshmtRmt>"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void reviewsAmountsThatContradictTheReference(String remittance) throws UnreadableStatement {
        assertThat(rows(remittance)).containsExactly("review REMITTANCE");
    }

    static Stream<String> agreements() {
        return Stream.of(
                strd(OURS),
                strd(OURS) + strd(OTHER),
                strd(OURS, OTHER, remitted("100.00")),
                strd(OURS, remitted("40.00")) + strd(OURS, remitted("60.00")),
                strd(OURS, remitted("40.00")) + strd(OURS.replace(REF, "rf13 8641 4642 52"), remitted("60.00")),
                "<Ustrd>" + REF + "</Ustrd>" + strd(OTHER, remitted("100.00")),
                strd(
                        OURS,
                        document(
                                amount("DuePyblAmt", "100.00"),
                                amount("TaxAmt", "15.97"),
                                amount("RmtdAmt", "100.00"))),
                strd(OURS, document(amount("DuePyblAmt", "100"))),
                strd(
                        OURS,
                        document(
                                amount("DuePyblAmt", "102.00"),
                                "<DscntApldAmt>" + amount("Amt", "2.00") + "</DscntApldAmt>",
                                amount("RmtdAmt", "100.00"))),
                strd(OURS, document(amount("DuePyblAmt", "160.00"), amount("CdtNoteAmt", "60.00"))),
                strd(
                        OURS,
                        document(
                                amount("DuePyblAmt", "40.00"), adjusted("60.00", "CRDT"), amount("RmtdAmt", "100.00"))),
                strd(OURS, document(amount("CdtNoteAmt", "0.00"), amount("RmtdAmt", "100.00"))),
                strd(
                        OURS,
                        "<RfrdDocInf><Nb>1</Nb><LineDtls><Amt>" + amount("RmtdAmt", "40.00")
                                + "</Amt></LineDtls><LineDtls><Amt>" + amount("RmtdAmt", "60.00")
                                + "</Amt></LineDtls></RfrdDocInf>"));
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void creditsAmountsThatMatchTheReference(String remittance) throws UnreadableStatement {
        assertThat(rows(remittance)).containsExactly("100 EUR");
    }

    @Test
    void comparesRemittedAmountsWithTheirPart() throws UnreadableStatement {
        var part = "<TxDtls><Amt Ccy=\"EUR\">50.00</Amt><RmtInf>%s</RmtInf></TxDtls>";
        assertThat(Reading.rows(entries(entry(
                        "100.00",
                        "<NtryDtls>" + part.formatted(strd(OURS, remitted("50.00")))
                                + part.formatted(strd(OURS, remitted("30.00"))) + "</NtryDtls>"))))
                .containsExactly("50 EUR", "review REMITTANCE");
    }

    @Test
    void doesNotCompareOutgoingMoney() throws UnreadableStatement {
        var out = entry(
                        "100.00",
                        "<NtryDtls><TxDtls><RmtInf>" + strd(OTHER, remitted("60.00")) + "</RmtInf></TxDtls></NtryDtls>")
                .replace("CRDT", "DBIT");
        assertThat(Reading.rows(entries(out))).containsExactly("-100 EUR");
    }
}
