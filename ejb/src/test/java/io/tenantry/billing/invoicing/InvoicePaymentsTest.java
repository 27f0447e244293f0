package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_DECEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What documents state as paid and due, and how payments and returned payments move their open amounts. */
class InvoicePaymentsTest {
    private static InvoicingFixture invoicingFixture;
    private static BillingFixture billingFixture;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("partlypaid", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
    }

    @BeforeEach
    void startInOctober() {
        billingFixture.clock.stopAt(RENTED);
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        assertThat(billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(billingFixture.tenant, "invoice")).isEmpty();
    }

    @Test
    void statesThePartThatTheBalancePaid() {
        var rented = october("3");

        // The hours of November are on no document yet, and are not due.
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("-2.88"));
        assertThat(documents(rented)).containsExactly("FINAL 5.15: 3.00 prepaid, 2.15 open");
    }

    @Test
    void laterPaymentsReduceTheOpenAmountAndLeaveTheDocumentAsIssued() {
        var rented = october("3");

        topUp(rented, "1.15");
        assertThat(documents(rented)).containsExactly("FINAL 5.15: 3.00 prepaid, 1.00 open");

        topUp(rented, "1.00");
        assertThat(documents(rented)).containsExactly("PAID 5.15: 3.00 prepaid, 0.00 open");
    }

    @Test
    void aReturnedPaymentOpensTheDocumentAgain() {
        var rented = october("3");
        topUp(rented, "2.15");

        takeOut(rented, "2.15");

        assertThat(documents(rented)).containsExactly("FINAL 5.15: 3.00 prepaid, 2.15 open");
        assertThat(audited("invoice.reopened")).isPositive();

        takeOut(rented, "10");
        assertThat(documents(rented)).containsExactly("FINAL 5.15: 3.00 prepaid, 5.15 open");
    }

    @Test
    void aReturnedPaymentOpensADocumentThatTheBalancePaidAtIssue() {
        var rented = october("5.15");
        assertThat(documents(rented)).containsExactly("PAID 5.15: 5.15 prepaid, 0.00 open");

        takeOut(rented, "5");

        assertThat(documents(rented)).containsExactly("FINAL 5.15: 5.15 prepaid, 5.00 open");
        topUp(rented, "5");
        assertThat(documents(rented)).containsExactly("PAID 5.15: 5.15 prepaid, 0.00 open");
    }

    @Test
    void returnedPaymentsOpenTheNewestDocumentFirst() {
        var rented = november("5.10");
        assertThat(documents(rented))
                .containsExactly("FINAL 5.15: 5.10 prepaid, 0.05 open", "FINAL 7.20: 0.00 prepaid, 7.20 open");
        topUp(rented, "7.25");
        assertThat(documents(rented))
                .containsExactly("PAID 5.15: 5.10 prepaid, 0.00 open", "PAID 7.20: 0.00 prepaid, 0.00 open");

        takeOut(rented, "1");
        assertThat(documents(rented))
                .containsExactly("PAID 5.15: 5.10 prepaid, 0.00 open", "FINAL 7.20: 0.00 prepaid, 1.00 open");

        takeOut(rented, "7");
        assertThat(documents(rented))
                .containsExactly("FINAL 5.15: 5.10 prepaid, 0.80 open", "FINAL 7.20: 0.00 prepaid, 7.20 open");
    }

    @Test
    void chargesOnNoDocumentYetLeaveDocumentsPaid() {
        var rented = october("5.15");
        billingFixture.clock.stopAt(IN_NOVEMBER.plus(Duration.ofDays(1)));

        invoicingFixture.take(rented.wallet(), "9", "setup:9");
        settle(rented);
        assertThat(documents(rented)).containsExactly("PAID 5.15: 5.15 prepaid, 0.00 open");

        takeOut(rented, "1");
        assertThat(documents(rented)).containsExactly("FINAL 5.15: 5.15 prepaid, 1.00 open");
    }

    @Test
    void creditNotesReduceWhatIsOpen() {
        var rented = october("3");

        invoicingFixture.credit(rented.wallet(), "1");
        settle(rented);
        assertThat(documents(rented))
                .containsExactly("FINAL 5.15: 3.00 prepaid, 1.15 open", "PAID -1.00: 0.00 prepaid, 0.00 open");
    }

    @Test
    void auditsADocumentThatACreditNotePays() {
        var rented = october("3");
        var before = audited("invoice.paid");

        invoicingFixture.credit(rented.wallet(), "3");

        assertThat(documents(rented))
                .containsExactly("PAID 5.15: 3.00 prepaid, 0.00 open", "PAID -3.00: 0.00 prepaid, 0.00 open");
        assertThat(audited("invoice.paid")).isEqualTo(before + 1);
    }

    @Test
    void aDebitNoteStatesWhatTheBalancePaidOfIt() {
        var rented = october("6");
        // The hours of November have taken 0.73, which is on no document.
        invoicingFixture.debit(rented.wallet(), "2");

        assertThat(documents(rented))
                .containsExactly("PAID 5.15: 5.15 prepaid, 0.00 open", "FINAL 2.00: 0.85 prepaid, 1.15 open");
    }

    private static Rented october(String amount) {
        var rented = billingFixture.rent(invoicingFixture.wallet(amount), billingFixture.price("7.30"), RENTED);
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(rented.wallet(), OCTOBER);
        return rented;
    }

    private static Rented november(String amount) {
        var rented = october(amount);
        billingFixture.charge(NOVEMBER.to());
        billingFixture.clock.stopAt(IN_DECEMBER);
        billingFixture.charge(IN_DECEMBER);
        invoicingFixture.issue(rented.wallet(), NOVEMBER);
        return rented;
    }

    private static void topUp(Rented rented, String amount) {
        billingFixture.topUp(rented.wallet(), amount, () -> invoicingFixture.invoicing.settle(rented.wallet()));
    }

    private static void takeOut(Rented rented, String amount) {
        billingFixture.takeOut(rented.wallet(), amount);
        settle(rented);
    }

    private static void settle(Rented rented) {
        var unused = billingFixture.in(() -> invoicingFixture.invoicing.settle(rented.wallet()));
    }

    private static int audited(String action) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select count(*)::int as n from audit_record where action = ?", row -> row.whole("n"), action));
    }

    private static List<String> documents(Rented rented) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select state, total, prepaid, open_amount from invoice where wallet_id = ? order by issued_at, period_to, kind desc, total desc",
                row -> row.text("state") + " " + cents(row.decimal("total")) + ": " + cents(row.decimal("prepaid"))
                        + " prepaid, " + cents(row.decimal("open_amount")) + " open",
                rented.wallet()));
    }

    private static String cents(BigDecimal amount) {
        return amount.setScale(2).toPlainString();
    }
}
