package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Due dates of documents: by the terms in force at their issue, in the days of the reseller's zone. */
@Tag("full")
class DueDatesTest {
    private static int tenants;

    private BillingFixture billingFixture;
    private InvoicingFixture invoicingFixture;
    private DocumentList list;

    @BeforeEach
    void open() {
        open("Europe/Berlin");
    }

    private void open(String zone) {
        billingFixture = new BillingFixture("due" + ++tenants, "EUR", zone);
        invoicingFixture = new InvoicingFixture(billingFixture);
        list = new DocumentList(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                new TenantDirectory(Database.administration()));
    }

    /** Sets other payment terms. */
    private void setTerms(int days) {
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into document_template (version, recorded_at, recorded_by, payment_days)
                select coalesce(max(version), 0) + 1, now(), 'test', ? from document_template
                """, days));
    }

    /** Creates a customer with one server for a month, none of which is covered by the balance. */
    private UUID debtor(BillingPeriod period) {
        return customer("0", period);
    }

    private UUID customer(String amount, BillingPeriod period) {
        var wallet = invoicingFixture.wallet(amount);
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), period.from());
        billingFixture.charge(period.to());
        billingFixture.end(rented, period.to());
        return wallet;
    }

    private List<DocumentList.InvoiceSummary> summaries(Map<String, String> filters) {
        return billingFixture
                .in(() -> list.find(new ListQuery("", filters, "due", false, 0, 100)))
                .rows();
    }

    private Optional<LocalDate> dueOn(UUID wallet) {
        var heads = summaries(Map.of(DocumentList.CUSTOMER, organization(wallet).toString()));
        assertThat(heads).hasSize(1);
        return heads.get(0).dueOn();
    }

    private UUID organization(UUID wallet) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    /**
     * Counted in calendar days from the day of issue in the reseller's zone: across daylight saving changes, ends of months of any length and a
     * leap day, also where it is another day in London.
     */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-04T23:30:00Z, 24, 2026-03-29",
        "Europe/Berlin, 2026-10-24T22:30:00Z, 1, 2026-10-26",
        "Europe/Berlin, 2026-11-04T00:00:00Z, 0, 2026-11-04",
        "America/Los_Angeles, 2026-11-04T07:30:00Z, 30, 2026-12-03",
        "Pacific/Auckland, 2027-01-30T11:30:00Z, 28, 2027-02-28",
        "Asia/Kathmandu, 2028-02-14T18:20:00Z, 14, 2028-02-29",
        "Asia/Kathmandu, 2028-02-14T18:10:00Z, 120, 2028-06-13",
    })
    void countsDaysInTheResellersTimeZone(String zone, Instant issuedAt, int days, LocalDate due) {
        open(zone);
        setTerms(days);
        var period = BillingPeriod.latestDue(issuedAt, Duration.ofDays(3), ZoneId.of(zone));
        billingFixture.clock.stopAt(period.from());
        var wallet = debtor(period);
        billingFixture.clock.stopAt(issuedAt);

        assertThat(invoicingFixture.issue(wallet, period).documents()).isEqualTo(1);

        assertThat(dueOn(wallet)).contains(due);
        var invoiceSummary = summaries(Map.of()).get(0);
        assertThat(invoiceSummary.isOverdue(due)).isFalse();
        assertThat(invoiceSummary.isOverdue(due.plusDays(1))).isTrue();
    }

    @Test
    void defaultsToTwoWeeks() {
        billingFixture.clock.stopAt(InvoicingFixture.OCTOBER.from());
        var wallet = debtor(InvoicingFixture.OCTOBER);
        billingFixture.clock.stopAt(InvoicingFixture.IN_NOVEMBER);
        invoicingFixture.issue(wallet, InvoicingFixture.OCTOBER);

        assertThat(dueOn(wallet)).contains(LocalDate.of(2026, 11, 18));
    }

    /** A change of terms while a month is being issued affects documents issued after it, and none issued before. */
    @Test
    void usesTheTermsAtIssueAndSetsNoDueDateWhenPaid() {
        billingFixture.clock.stopAt(InvoicingFixture.OCTOBER.from());
        var wallets = new ArrayList<UUID>();
        for (var number = 0; number < 6; number++) {
            wallets.add(customer(number % 3 == 2 ? "100" : "0", InvoicingFixture.OCTOBER));
        }
        billingFixture.clock.stopAt(InvoicingFixture.IN_NOVEMBER);
        var month = billingFixture.in(() -> invoicingFixture.invoicing.prepare(InvoicingFixture.OCTOBER));
        var last = new UUID(-1, -1);
        var first = billingFixture.in(
                () -> invoicingFixture.invoicing.issue(new Invoicing.Range(new UUID(0, 0), last, 3), month));
        setTerms(30);
        var middle = Objects.requireNonNull(first.last());
        var second = billingFixture.in(
                () -> invoicingFixture.invoicing.issue(new Invoicing.Range(middle, last, 100), month));
        setTerms(60);

        assertThat(first.documents()).isEqualTo(3);
        assertThat(second.documents()).isEqualTo(3);
        for (var wallet : wallets) {
            var isPaid = wallets.indexOf(wallet) % 3 == 2;
            // In the database's order.
            var isOfTheFirst = wallet.toString().compareTo(middle.toString()) <= 0;
            assertThat(dueOn(wallet))
                    .isEqualTo(
                            isPaid
                                    ? Optional.empty()
                                    : Optional.of(LocalDate.of(2026, isOfTheFirst ? 11 : 12, isOfTheFirst ? 18 : 4)));
        }
    }

    @Test
    void becomesOverdueAtMidnightInTheResellersTimeZone() {
        open("America/Los_Angeles");
        var period = BillingPeriod.of(YearMonth.of(2026, 10), ZoneId.of("America/Los_Angeles"));
        billingFixture.clock.stopAt(period.from());
        var wallet = debtor(period);
        billingFixture.clock.stopAt(Instant.parse("2026-11-04T20:00:00Z"));
        invoicingFixture.issue(wallet, period);
        assertThat(dueOn(wallet)).contains(LocalDate.of(2026, 11, 18));

        // Midnight is eight hours behind London's.
        billingFixture.clock.stopAt(Instant.parse("2026-11-19T07:59:59Z"));
        assertThat(summaries(Map.of(DocumentList.STATE, DocumentList.OVERDUE))).isEmpty();
        billingFixture.clock.stopAt(Instant.parse("2026-11-19T08:00:00Z"));
        assertThat(summaries(Map.of(DocumentList.STATE, DocumentList.OVERDUE))).hasSize(1);
        assertThat(summaries(Map.of(DocumentList.STATE, "final"))).hasSize(1);

        billingFixture.topUp(wallet, "100", () -> invoicingFixture.invoicing.settle(wallet));
        assertThat(summaries(Map.of(DocumentList.STATE, DocumentList.OVERDUE))).isEmpty();
        assertThat(summaries(Map.of(DocumentList.STATE, "paid")))
                .singleElement()
                .returns(Optional.of(LocalDate.of(2026, 11, 18)), DocumentList.InvoiceSummary::dueOn)
                .returns(false, invoiceSummary -> invoiceSummary.isOverdue(LocalDate.of(2027, 1, 1)));
    }

    @Test
    void setsDueDatesForUnpaidDebitNotesButNotForCreditNotes() {
        billingFixture.clock.stopAt(InvoicingFixture.OCTOBER.from());
        var wallet = customer("100", InvoicingFixture.OCTOBER);
        billingFixture.clock.stopAt(InvoicingFixture.IN_NOVEMBER);
        invoicingFixture.issue(wallet, InvoicingFixture.OCTOBER);
        invoicingFixture.credit(wallet, "1");
        setTerms(7);
        invoicingFixture.debit(wallet, "1");
        invoicingFixture.debit(wallet, "1000");

        assertThat(summaries(Map.of(DocumentList.KIND, "credit_note")))
                .singleElement()
                .returns(Optional.empty(), DocumentList.InvoiceSummary::dueOn);
        assertThat(summaries(Map.of(DocumentList.KIND, "debit_note")))
                .extracting(invoiceSummary -> invoiceSummary.state()
                        + invoiceSummary.dueOn().map(day -> " " + day).orElse(""))
                .containsExactly("FINAL 2026-11-11", "PAID");
    }

    @Test
    void databaseRequiresPlausibleDueDatesOfOpenDocuments() {
        billingFixture.clock.stopAt(InvoicingFixture.OCTOBER.from());
        var wallet = debtor(InvoicingFixture.OCTOBER);
        billingFixture.clock.stopAt(InvoicingFixture.IN_NOVEMBER);
        invoicingFixture.issue(wallet, InvoicingFixture.OCTOBER);

        assertRefused("'INVOICE', 'FINAL', null::timestamptz, null::date", "invoice_open_due_ck");
        assertRefused("'DEBIT_NOTE', 'FINAL', null::timestamptz, null::date", "invoice_open_due_ck");
        assertRefused("'INVOICE', 'FINAL', null::timestamptz, date '2026-10-31'", "invoice_due_ck");
        assertRefused("'INVOICE', 'FINAL', null::timestamptz, date '2027-06-01'", "invoice_due_ck");
        assertRefused("'CREDIT_NOTE', 'PAID', issued_at, date '2026-11-18'", "invoice_due_ck");
        assertThatThrownBy(() -> setTerms(121)).hasMessageContaining("document_template_payment_ck");
        assertThatThrownBy(() -> setTerms(-1)).hasMessageContaining("document_template_payment_ck");
    }

    /** Asserts that a further document with this kind, state, payment date and due date is refused. */
    private void assertRefused(String what, String rule) {
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update("""
                        insert into invoice (id, series_id, number, number_text, organization_id, wallet_id, currency, decimals,
                                             period_from, period_to, buyer_name, buyer_email, buyer_country, net, through_period,
                                             issued_at, issued_by, corrects_id, reason, kind, state, paid_at, due_on, open_amount)
                        select gen_random_uuid(), series_id, 99, 'X-99', organization_id, wallet_id, currency, 2, period_to,
                               period_to + interval '1 month', 'x', 'x', 'DE', 1, 0, issued_at, 'x',
                               case when k.kind <> 'INVOICE' then id end, 'x', k.kind, k.state, k.paid_at, k.due_on,
                               case when k.state = 'FINAL' then 1 else 0 end
                          from invoice
                         cross join lateral (select %s) k (kind, state, paid_at, due_on)
                        """.formatted(what))))
                .hasMessageContaining(rule);
    }
}
