package io.tenantry.billing.bank.statement;

import static io.tenantry.billing.bank.statement.CamtFiles.REF;
import static io.tenantry.billing.bank.statement.CamtFiles.entries;
import static io.tenantry.billing.bank.statement.CamtFiles.entry;
import static io.tenantry.billing.bank.statement.CamtFiles.read;
import static io.tenantry.billing.bank.statement.CamtFiles.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that a file repeats, entries that reverse another, and files that are slow to read. */
class CamtRepetitionsTest {
    @Test
    void reviewsEntriesOfAnEarlierStatementInTheFile() throws UnreadableStatement {
        var twice = entry("5.00", "<AddtlNtryInf>a</AddtlNtryInf>") + entry("5.00", "<AddtlNtryInf>a</AddtlNtryInf>");
        var other = "<Stmt><Id>2</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>"
                + entry("5.0", "<AddtlNtryInf>a</AddtlNtryInf>") + entry("5.00", "<AddtlNtryInf>b</AddtlNtryInf>")
                + "</Stmt>";
        assertThat(Reading.rows(read("<Document><BkToCstmrStmt>"
                        + other.replace("<Id>2</Id>", "").replace(entry("5.0", "<AddtlNtryInf>a</AddtlNtryInf>"), twice)
                        + other
                        + other.replace("DE89370400440532013000", "DE02120300000000202051")
                                .replace("<Id>2</Id>", "<Id>3</Id>")
                        + "</BkToCstmrStmt></Document>")))
                .containsExactly("5 EUR", "5 EUR", "5 EUR", "review DUPLICATE", "review DUPLICATE", "5 EUR", "5 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UETR", "TxId"})
    void booksOneTransferOnce(String id) throws UnreadableStatement {
        var part = "<NtryDtls><TxDtls><Refs><%1$s>%2$s</%1$s></Refs></TxDtls></NtryDtls>";
        assertThat(Reading.rows(entries(entry("5.00", part.formatted(id, "1"))
                        + entry("5.00", part.formatted(id, "1"))
                        + entry("5.00", part.formatted(id, "2"))
                        + entry("6.00", part.formatted(id, "1"))
                        + entry("7.00", part.formatted(id, "NOTPROVIDED"))
                        + entry("7.00", part.formatted(id, "NOTPROVIDED")))))
                .containsExactly("5 EUR", "review DUPLICATE", "5 EUR", "6 EUR", "7 EUR", "7 EUR");
    }

    @Test
    void reviewsAPaymentTogetherWithItsReturn() throws UnreadableStatement {
        var details = "<NtryDtls><TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs></TxDtls></NtryDtls>";
        var paid = entry("5.00", details.formatted("E2E-20261109-7"));
        var returned = paid.replace("CRDT", "DBIT");
        var other = entry("5.00", details.formatted("E2E-20261109-8"));
        assertThat(Reading.rows(entries(paid + other + returned)))
                .containsExactly("review COUNTERPART", "5 EUR", "review COUNTERPART");
    }

    @Tag("full")
    @Test
    void readsManyEntriesAndLongTextsQuickly() {
        var none = "<Document><BkToCstmrStmt><Stmt>" + "<Ntry/>".repeat(300_000) + "</Stmt></BkToCstmrStmt></Document>";
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> refuses(Reason.TOO_MANY, "300000", none));
        var parts = "<AddtlNtryInf>" + "a b ".repeat(250_000) + "</AddtlNtryInf><NtryDtls>"
                + "<TxDtls><Amt Ccy=\"EUR\">0.01</Amt></TxDtls>".repeat(5_000) + "</NtryDtls>";
        var read = Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> entries(entry("50.00", parts)));
        assertThat(read.rows()).hasSize(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETURN %s", "Retoure %s", "Korrekturbuchung %s", "Retourenhuelle %s"})
    void reviewsATextThatStartsLikeAReturn(String text) throws UnreadableStatement {
        var part = "<NtryDtls><TxDtls><RmtInf><Ustrd>" + text.formatted(REF) + "</Ustrd></RmtInf></TxDtls></NtryDtls>";
        assertThat(Reading.rows(entries(entry("5.00", part)))).containsExactly("review REVERSAL");
    }
}
