package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.BankTransactions.Line;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money that was sent back is not credited without review, and its return is never overlooked. */
class ImportReturnsTest {
    private static final String HEAD = "Buchungstag;Betrag;Name;Payer IBAN;Text\n";

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("returned", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_returned.bank_import, t_returned.bank_profile cascade");
        billingFixture.clock.stopAt(Instant.parse("2026-11-10T12:00:00Z"));
    }

    private record Payer(UUID wallet, UUID organization, String reference) {}

    private static Payer payer() {
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        return billingFixture.in(() -> billingFixture.sql.one(
                "select r.reference, r.organization_id from bank_reference r join wallet w on w.organization_id ="
                        + " r.organization_id where w.id = ?",
                row -> new Payer(wallet, row.uuid("organization_id"), row.text("reference")),
                wallet));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "09.11.2026;-100,00;;;%s",
                "09.11.2026;-100,00;Ann Adams;;x",
                "10.11.2026;-100,00;;DE1;Rückgabe",
                "09.11.2026;-100,00;;;Zahlung R-2026-4711 zurück",
                "10.11.2026;-103,50;;;Rücklastschrift %s zzgl. Entgelt",
                "10.11.2026;-100,00;;;Retoure",
                "10.11.2026;-100,00;Adams, Ann;;Auftrag",
                "10.11.2026;-60,00;;DE1;Auftrag\n11.11.2026;-40,00;;DE1;Auftrag"
            })
    void keepsAPaymentAndItsReturnForReview(String outgoing) {
        var payer = payer();
        var id = desk.take(HEAD + "09.11.2026;100,00;Ann Adams;DE1;R-2026-4711 " + payer.reference() + "\n"
                + outgoing.formatted("R-2026-4711 " + payer.reference()) + "\n");
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsOnly(RowPlan.REVIEW);
        assertThat(desk.rows(id).get(0).reason()).isEqualTo("COUNTERPART");
        assertThat(desk.rows(id).get(0).detail()).isEqualTo("3");
        assertThat(billingFixture.balance(payer.wallet()).amount()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void creditsOtherPaymentsDespiteAReturn() {
        var payer = payer();
        var other = payer();
        var id = desk.take(HEAD + "09.11.2026;100,00;Ann Adams;DE1;" + payer.reference() + "\n"
                + "09.11.2026;100,00;Bob Brown;DE2;" + other.reference() + "\n"
                + "10.11.2026;-100,00;Ann Adams;DE1;Rückgabe " + payer.reference() + "\n");
        assertThat(desk.rows(id))
                .extracting(ImportRow::plan)
                .containsExactly(RowPlan.REVIEW, RowPlan.CREDIT, RowPlan.REVIEW);
    }

    @Test
    void keepsALaterReturnAndItsCreditForReview() {
        var payer = payer();
        var first = desk.take(HEAD + "02.11.2026;100,00;Ann Adams;DE1;" + payer.reference() + "\n");
        assertThat(desk.rows(first)).extracting(ImportRow::isCredited).containsExactly(true);
        var credit = desk.rows(first).get(0).lineId().orElseThrow();

        var second = desk.take(HEAD + "09.11.2026;-100,00;;;Storno " + payer.reference() + "\n"
                + "09.11.2026;-12,00;Power Ltd;DE9;Power\n");
        var row = desk.rows(second).get(0);
        assertThat(row.plan()).isEqualTo(RowPlan.REVIEW);
        assertThat(row.counterId()).contains(credit);
        assertThat(billingFixture.in(() -> desk.reviews.one(row.id())).counterId())
                .contains(credit);

        var third = desk.take(HEAD + "10.11.2026;-100,00;ADAMS, ANN;;SEPA 7\n");
        var returned = desk.rows(third).get(0);
        assertThat(returned.plan()).isEqualTo(RowPlan.ASSIGN);
        assertThat(returned.why()).contains(MatchReason.RETURN);
        assertThat(returned.counterId()).contains(credit);
        var line = billingFixture.in(() -> desk.query.one(returned.lineId().orElseThrow()));
        assertThat(line.state()).isEqualTo(State.OPEN);
        assertThat(line.proposed().map(BankTransactions.Customer::id)).contains(payer.organization());
        assertThat(billingFixture.in(() -> desk.query.counterparts(line.id())))
                .extracting(Line::id)
                .containsExactly(credit);
        assertThat(billingFixture.in(() -> desk.query.counterparts(credit)))
                .extracting(Line::id)
                .containsExactly(line.id());
        assertThat(desk.act(() -> Database.in(billingFixture.tenant, () -> desk.lines.accept(line.id()))))
                .isEqualTo(BankTransactions.Outcome.CONFLICT);
        assertThat(desk.act(() ->
                        Database.in(billingFixture.tenant, () -> desk.lines.setAside(line.id(), "credit reversed"))))
                .isEqualTo(BankTransactions.Outcome.DONE);
    }

    @Test
    void doesNotCreditAPaymentAlreadyReturned() {
        var payer = payer();
        var early = desk.take(HEAD + "09.11.2026;-100,00;Ann Adams;DE1;SEPA 7 " + payer.reference() + "\n");
        assertThat(desk.rows(early)).extracting(ImportRow::plan).containsExactly(RowPlan.OUTGOING);
        var late = desk.take(HEAD + "02.11.2026;100,00;Ann Adams;DE1;" + payer.reference() + "\n");
        assertThat(desk.rows(late)).extracting(ImportRow::why).containsExactly(Optional.of(MatchReason.RETURNED));
        assertThat(desk.rows(late).get(0).counterId()).isPresent();
        assertThat(billingFixture.balance(payer.wallet()).amount()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void outgoingPaymentsToOthersDoNotBlockCredits() {
        var payer = payer();
        desk.take(HEAD + "02.11.2026;-100,00;Power Ltd;DE9;Power\n");
        var id = desk.take(HEAD + "09.11.2026;100,00;Ann Adams;DE1;" + payer.reference() + "\n");
        assertThat(desk.rows(id)).extracting(ImportRow::isCredited).containsExactly(true);
    }
}
