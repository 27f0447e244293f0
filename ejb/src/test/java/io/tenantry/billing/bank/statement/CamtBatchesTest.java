package io.tenantry.billing.bank.statement;

import static io.tenantry.billing.bank.statement.CamtFiles.REF;
import static io.tenantry.billing.bank.statement.CamtFiles.entries;
import static io.tenantry.billing.bank.statement.CamtFiles.entry;
import static io.tenantry.billing.bank.statement.CamtFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of camt.053 whose parts have both directions, whatever their net amount is. */
class CamtBatchesTest {
    private static String part(String amount, String direction, String text) {
        return "<TxDtls><Amt Ccy=\"EUR\">" + amount + "</Amt><CdtDbtInd>" + direction + "</CdtDbtInd><RmtInf><Ustrd>"
                + text + "</Ustrd></RmtInf></TxDtls>";
    }

    private static String batch(String amount, String parts) {
        return entry(amount, "<NtryDtls>" + parts + "</NtryDtls>");
    }

    @ParameterizedTest
    @CsvSource({"0.00, 100.00, CRDT", "90.00, 10.00, CRDT", "50.00, 150.00, DBIT", "0, 100.00, DBIT"})
    void readsThePartsOfAnyNetAmount(String net, String outgoing, String direction) throws UnreadableStatement {
        var entry = batch(net, part("100.00", "CRDT", REF) + part(outgoing, "DBIT", "Strom"))
                .replaceFirst("CRDT", direction);
        assertThat(Reading.rows(entries(entry))).containsExactly("100 EUR", "-" + outgoing.replace(".00", "") + " EUR");
    }

    @Test
    void reviewsPartsThatDoNotAddUpToZero() throws UnreadableStatement {
        assertThat(Reading.rows(entries(batch("0.00", part("100.00", "CRDT", REF) + part("90.00", "DBIT", "Strom")))))
                .containsExactly("review BATCH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Btch><NbOfTxs>2</NbOfTxs></Btch>",
                "<Btch><TtlAmt Ccy=\"EUR\">100.00</TtlAmt></Btch>",
                "<TxDtls><Amt Ccy=\"EUR\">100.00</Amt><RmtInf><Ustrd>x</Ustrd></RmtInf></TxDtls>",
                "<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">100.00</Amt></TxAmt></AmtDtls></TxDtls>"
            })
    void reviewsAZeroEntryThatMayHideAPayment(String details) throws UnreadableStatement {
        assertThat(Reading.rows(entries(batch("0.00", details)))).containsExactly("review BATCH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<TxDtls><AddtlTxInf>Kontoabschluss</AddtlTxInf></TxDtls>",
                "<Btch><NbOfTxs>1</NbOfTxs></Btch><TxDtls><Amt Ccy=\"EUR\">0.00</Amt></TxDtls>"
            })
    void skipsAZeroEntryWithoutPayments(String details) throws UnreadableStatement {
        assertThat(Reading.rows(entries(batch("0.00", details)))).containsExactly("skip ZERO_AMOUNT");
    }

    @Test
    void countsAZeroBatchAsAnEntry() throws UnreadableStatement {
        var stmt = "<Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct><TxsSummry><TtlNtries>"
                + "<NbOfNtries>1</NbOfNtries></TtlNtries><TtlCdtNtries><NbOfNtries>1</NbOfNtries></TtlCdtNtries></TxsSummry>"
                + batch("0.00", part("100.00", "CRDT", REF) + part("100.00", "DBIT", "Strom")) + "</Stmt>";
        assertThat(read("<Document><BkToCstmrStmt>" + stmt + "</BkToCstmrStmt></Document>")
                        .totals()
                        .agree())
                .isTrue();
    }

    /** An account of euros without a stated currency, with a payment in dollars. */
    private static String mixed(String currencies, String sum) {
        return "<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>" + currencies
                + "<TxsSummry><TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>" + sum + "</Sum></TtlCdtNtries></TxsSummry>"
                + entry("100.00", "<NtryDtls>" + part("100.00", "CRDT", REF) + "</NtryDtls>")
                + entry("40.00", "").replace("EUR", "USD")
                + entry("25.00", "<NtryDtls>" + part("25.00", "CRDT", REF) + "</NtryDtls>")
                + "</Stmt></BkToCstmrStmt></Document>";
    }

    @Test
    void reviewsAnEntryInAnotherCurrencyThanItsStatement() throws UnreadableStatement {
        assertThat(Reading.rows(read(mixed("", "125.00")))).containsExactly("100 EUR", "review CURRENCY", "25 EUR");
        var balance = "<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"USD\">1.00</Amt>"
                + "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-17</Dt></Dt></Bal>";
        assertThat(Reading.rows(read(mixed(balance, "125.00"))))
                .containsExactly("review CURRENCY", "40 USD", "review CURRENCY");
    }

    @Test
    void comparesTheSumOfItsCurrencyOnly() throws UnreadableStatement {
        assertThat(read(mixed("", "125.00")).totals().checks())
                .filteredOn(check -> check.figure() == StatementTotals.Figure.INCOMING)
                .singleElement()
                .satisfies(check -> assertThat(check.computed()).isEqualByComparingTo("125"));
    }
}
