package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.bank.StatementImports.PostOutcome;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One payment that two files of a bank represent in different ways is credited once. */
class ImportRepetitionTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("repeated", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_repeated.bank_import, t_repeated.bank_profile cascade");
        billingFixture.clock.stopAt(NOON);
    }

    private static String reference() {
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        return billingFixture.in(() -> billingFixture.sql.one(
                "select r.reference from bank_reference r join wallet w on w.organization_id = r.organization_id where"
                        + " w.id = ?",
                row -> row.text("reference"),
                wallet));
    }

    @Test
    void keepsAnotherExportWithAnotherDateForReview() {
        var reference = reference();
        desk.take("Buchungstag;Betrag;Name;Payer IBAN;Text\n09.11.2026;10,00;Ann;DE1;" + reference + "\n");
        var second = desk.take(
                "Valuta;Betrag;Name;Payer IBAN;Text;Primanota\n10.11.2026;10,00;Ann;DE1;" + reference + ";1\n");
        assertThat(desk.rows(second)).extracting(ImportRow::why).containsExactly(Optional.of(MatchReason.SIMILAR));
    }

    @Test
    void keepsAnotherDateColumnForReview() {
        var reference = reference();
        var file = "Buchungstag;Valuta;Betrag;Name;Payer IBAN;Text\n09.11.2026;10.11.2026;10,00;Ann;DE1;" + reference
                + "\n";
        desk.take(file);
        var second = desk.draft(file + "10.11.2026;10.11.2026;-1,00;Rent;;x\n");
        var settings = new TreeMap<>(desk.one(second).understood());
        settings.put("DATE", "1");
        assertThat(desk.act(() -> desk.imports.reread(second, 1, settings))).isTrue();
        assertThat(desk.rows(second))
                .extracting(ImportRow::why)
                .containsExactly(Optional.of(MatchReason.SIMILAR), Optional.of(MatchReason.OUTGOING));
    }

    @Test
    void treatsALaterDayInTheSameColumnsAsAnotherPayment() {
        var reference = reference();
        var head = "Buchungstag;Betrag;Name;Payer IBAN;Text\n";
        desk.take(head + "09.11.2026;10,00;Ann;DE1;" + reference + "\n");
        var second = desk.draft(head + "10.11.2026;10,00;Ann;DE1;" + reference + "\n");
        assertThat(desk.rows(second)).extracting(ImportRow::plan).containsExactly(RowPlan.CREDIT);
        assertThat(desk.post(second)).isInstanceOf(PostOutcome.Posted.class);
        assertThat(billingFixture.in(() -> desk.importQuery.credited(second))).isEqualTo(1);
    }

    @Test
    void keepsARepeatedBankReferenceOnALaterDayForReview() {
        var reference = reference();
        var head = "Datum;Name;Verwendungszweck;Betrag;Währung;Transaktions-ID\n";
        desk.take(head + "05.11.2026;Ann;" + reference + ";10,00;EUR;T1\n");
        var second = desk.draft(head + "09.11.2026;Ann;" + reference + ";10,00;EUR;T1\n09.11.2026;Ann;" + reference
                + ";11,00;EUR;T2\n09.11.2026;Rent;x;-5,00;EUR;T3\n");
        assertThat(desk.rows(second))
                .extracting(ImportRow::why)
                .containsExactly(
                        Optional.of(MatchReason.SIMILAR),
                        Optional.of(MatchReason.REFERENCE),
                        Optional.of(MatchReason.OUTGOING));
        assertThat(desk.post(second)).isInstanceOf(PostOutcome.Posted.class);
        assertThat(billingFixture.in(() -> desk.importQuery.credited(second))).isEqualTo(1);
    }

    @Test
    void keepsARepeatedBankReferenceInCamtForReview() {
        var reference = reference();
        desk.take(camt(9, reference));
        assertThat(desk.rows(desk.draft(camt(10, reference))))
                .extracting(ImportRow::why)
                .containsExactly(Optional.of(MatchReason.SIMILAR));
    }

    private static String camt(int day, String reference) {
        return """
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>%1$d</Id>
            <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy="EUR">53.00</Amt>
            <CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-%1$02d</Dt></BookgDt>
            <AcctSvcrRef>Z9</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>%2$s</Ustrd></RmtInf></TxDtls></NtryDtls>
            </Ntry></Stmt></BkToCstmrStmt></Document>
            """.formatted(day, reference);
    }
}
