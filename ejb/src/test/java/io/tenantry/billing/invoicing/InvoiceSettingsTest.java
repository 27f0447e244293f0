package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoiceSettings.Outcome;
import io.tenantry.billing.invoicing.InvoiceSettings.Rules;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Staff decisions about documents and their effects. */
class InvoiceSettingsTest {
    /** October has ended in Berlin, and its window is open until the third, 23:00. */
    private static final Instant IN_THE_WINDOW = Instant.parse("2026-11-02T00:00:00Z");

    private static final Rules USUAL =
            rules(72, "INV-{year}-{number:6}", "CN-{year}-{number:6}", "DN-{year}-{number:6}");
    private static int count;

    private final InvoicingFixture invoicingFixture =
            new InvoicingFixture(new BillingFixture("office-" + ++count, "EUR", "Europe/Berlin"));
    private final BillingFixture billingFixture = invoicingFixture.billingFixture;
    private final InvoiceSettings staff = new InvoiceSettings();
    private final List<Object> fired = new ArrayList<>();

    @BeforeEach
    void open() {
        billingFixture.clock.stopAt(RENTED);
        staff.sql = billingFixture.sql;
        staff.clock = billingFixture.clock;
        staff.access = new Access(billingFixture.sql);
        staff.audit = InvoicingFixture.trail(billingFixture);
        staff.tenants = new TenantDirectory(Database.administration());
        staff.invoicing = invoicingFixture.invoicing;
        staff.requested = recordingEvent();
    }

    @AfterEach
    void deleteRuns() {
        Database.asOwner("delete from work.invoicing_run where tenant = '" + billingFixture.tenant.value() + "'");
    }

    @SuppressWarnings("unchecked")
    private Event<InvoicingRequested> recordingEvent() {
        return (Event<InvoicingRequested>) Proxy.newProxyInstance(
                InvoiceSettingsTest.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (proxy, method, arguments) -> {
                    fired.add(arguments[0]);
                    return null;
                });
    }

    @Test
    void issuesAnEndedMonthAfterTheWindowIsShortened() {
        var wallet = invoicingFixture.wallet("100");
        billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        billingFixture.charge(IN_THE_WINDOW);
        var runs = new FixtureRuns(IN_THE_WINDOW, invoicingFixture);
        runs.work();
        assertThat(billingFixture.in(() -> staff.next()))
                .isEqualTo(new InvoiceSettings.NextInvoicing(
                        YearMonth.of(2026, 10), Instant.parse("2026-11-03T23:00:00Z"), 0, false));

        assertThat(billingFixture.in(() -> staff.change(new Rules(24, USUAL.patterns(), true))))
                .isEqualTo(Outcome.DONE);
        runs.work();

        assertThat(invoicingFixture.documents(wallet)).hasSize(1);
        assertThat(billingFixture.in(() -> staff.next()))
                .isEqualTo(new InvoiceSettings.NextInvoicing(
                        YearMonth.of(2026, 11), Instant.parse("2026-12-01T23:00:00Z"), 0, false));
    }

    @Test
    void refusesInvalidRules() {
        assertThat(billingFixture.in(() -> staff.change(new Rules(-1, USUAL.patterns(), true))))
                .isEqualTo(Outcome.WINDOW);
        assertThat(billingFixture.in(() -> staff.change(new Rules(481, USUAL.patterns(), true))))
                .isEqualTo(Outcome.WINDOW);
        assertRefused(
                rules(72, "INV-{number:6}", "CN-{year}-{number:6}", "DN-{year}-{number:6}"), DocumentKind.INVOICE);
        assertRefused(
                rules(72, "CN-{year}-{number:4}", "CN-{year}-{number:6}", "DN-{year}-{number:6}"),
                DocumentKind.INVOICE,
                DocumentKind.CREDIT_NOTE);
        assertRefused(rules(72, "INV-{year}-{number:6}", "CN-{year}-{number:6}", "DN {year}"), DocumentKind.DEBIT_NOTE);
        assertRefused(
                rules(72, "INV-{year}-{number:6}", "INV-{year}-0{number:5}", "DN-{year}-{number:6}"),
                DocumentKind.INVOICE,
                DocumentKind.CREDIT_NOTE);
        assertRefused(
                rules(72, "INV-{year}-{number:6}", "CN-{year}-{number:6}", "PF-{year}-{number:6}"),
                DocumentKind.DEBIT_NOTE);
        assertThat(billingFixture.in(() -> staff.change(USUAL))).isEqualTo(Outcome.UNCHANGED);
        assertThat(billingFixture.in(() -> staff.rules())).isEqualTo(USUAL);
    }

    private void assertRefused(Rules rules, DocumentKind... kinds) {
        assertThat(billingFixture.in(() -> staff.change(rules))).isEqualTo(Outcome.PATTERN);
        assertThat(billingFixture.in(() -> staff.faults(rules))).containsExactlyInAnyOrder(kinds);
    }

    private static Rules rules(int window, String invoices, String creditNotes, String debitNotes) {
        return new Rules(
                window,
                Map.of(
                        DocumentKind.INVOICE,
                        invoices,
                        DocumentKind.CREDIT_NOTE,
                        creditNotes,
                        DocumentKind.DEBIT_NOTE,
                        debitNotes),
                true);
    }

    @Test
    void numbersEachKindOfDocumentByItsPattern() {
        var requested = rules(72, "R{year}/{number:4}", "G{year}/{number:4}", "N{year}/{number:4}");
        assertThat(billingFixture.in(() -> staff.change(requested))).isEqualTo(Outcome.DONE);
        var swapped = rules(72, "G{year}/{number:4}", "R{year}/{number:4}", "N{year}/{number:4}");
        assertThat(billingFixture.in(() -> staff.change(swapped))).isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(() -> staff.change(requested))).isEqualTo(Outcome.DONE);
        var wallet = invoicingFixture.wallet("100");
        billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        invoicingFixture.credit(wallet, "1");
        invoicingFixture.debit(wallet, "0.50");

        assertThat(billingFixture.in(() -> billingFixture.sql.query(
                        "select number_text from invoice order by kind", row -> row.text("number_text"))))
                .containsExactly("G2026/0001", "N2026/0001", "R2026/0001");
        // The series of this year keep this format to its end, so that no other kind may use it.
        assertRefused(swapped, DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE);
        assertThat(billingFixture.in(() -> staff.rules())).isEqualTo(requested);
    }

    @Test
    void retriesWaitingRunsOnRequest() {
        Database.asOwner(
                "insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at, state, retry_at)"
                        + " select '" + billingFixture.tenant.value() + "', '" + billingFixture.tenant.role()
                        + "', '2026-10-01', '2026-10-31T23:00Z', '2026-11-03T23:00Z', 'WAITING', now() + interval '1 hour'");
        billingFixture.in(() -> {
            staff.issueNow();
            return true;
        });
        assertThat(fired).containsExactly(new InvoicingRequested());
        assertThat(Database.texts(
                        "select (retry_at <= clock_timestamp())::text from work.invoicing_run where tenant = '"
                                + billingFixture.tenant.value() + "'"))
                .containsExactly("true");
    }

    @Test
    void requiresPermission() {
        var member = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        try (var actorScope = Actors.enter(member)) {
            assertThatThrownBy(() -> Database.in(
                            billingFixture.tenant, () -> staff.change(new Rules(1, USUAL.patterns(), true))))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.run(billingFixture.tenant, staff::issueNow))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, staff::rules))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(fired).isEmpty();
    }
}
