package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.invoicing.InvoiceOffice.Outcome;
import io.tenantry.invoicing.InvoiceOffice.Rules;
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

/** What staff decide about documents, and what comes of it. */
class InvoiceOfficeTest {
    /** October has ended in Berlin, and its window is open until the third, 23:00. */
    private static final Instant IN_THE_WINDOW = Instant.parse("2026-11-02T00:00:00Z");

    private static final Rules USUAL =
            rules(72, "INV-{year}-{number:6}", "CN-{year}-{number:6}", "DN-{year}-{number:6}");
    private static int count;

    private final Office office = new Office(new Books("office-" + ++count, "EUR", "Europe/Berlin"));
    private final Books books = office.books;
    private final InvoiceOffice staff = new InvoiceOffice();
    private final List<Object> fired = new ArrayList<>();

    @BeforeEach
    void open() {
        books.clock.stopAt(RENTED);
        staff.sql = books.sql;
        staff.clock = books.clock;
        staff.access = new Access(books.sql);
        staff.audit = Office.trail(books);
        staff.tenants = new TenantDirectory(Database.administration());
        staff.invoicing = office.invoicing;
        staff.requested = heard();
    }

    @AfterEach
    void forget() {
        Database.asOwner("delete from work.invoicing_run where tenant = '" + books.tenant.value() + "'");
    }

    @SuppressWarnings("unchecked")
    private Event<InvoicingRequested> heard() {
        return (Event<InvoicingRequested>) Proxy.newProxyInstance(
                InvoiceOfficeTest.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    fired.add(arguments[0]);
                    return null;
                });
    }

    @Test
    void aShorterWindowLetsAMonthBeIssuedThatHasEnded() {
        var wallet = office.wallet("100");
        books.rent(wallet, books.price("7.30"), RENTED);
        books.charge(IN_THE_WINDOW);
        var runs = new OfficeRuns(IN_THE_WINDOW, office);
        runs.work();
        assertThat(books.in(() -> staff.next()))
                .isEqualTo(new InvoiceOffice.Next(
                        YearMonth.of(2026, 10), Instant.parse("2026-11-03T23:00:00Z"), 0, false));

        assertThat(books.in(() -> staff.change(new Rules(24, USUAL.patterns(), true))))
                .isEqualTo(Outcome.DONE);
        runs.work();

        assertThat(office.documents(wallet)).hasSize(1);
        assertThat(books.in(() -> staff.next()))
                .isEqualTo(new InvoiceOffice.Next(
                        YearMonth.of(2026, 11), Instant.parse("2026-12-01T23:00:00Z"), 0, false));
    }

    @Test
    void rulesThatCannotBeAreRefusedAndNothingIsChanged() {
        assertThat(books.in(() -> staff.change(new Rules(-1, USUAL.patterns(), true))))
                .isEqualTo(Outcome.WINDOW);
        assertThat(books.in(() -> staff.change(new Rules(481, USUAL.patterns(), true))))
                .isEqualTo(Outcome.WINDOW);
        refused(rules(72, "INV-{number:6}", "CN-{year}-{number:6}", "DN-{year}-{number:6}"), DocumentKind.INVOICE);
        refused(
                rules(72, "CN-{year}-{number:4}", "CN-{year}-{number:6}", "DN-{year}-{number:6}"),
                DocumentKind.INVOICE,
                DocumentKind.CREDIT_NOTE);
        refused(rules(72, "INV-{year}-{number:6}", "CN-{year}-{number:6}", "DN {year}"), DocumentKind.DEBIT_NOTE);
        refused(
                rules(72, "INV-{year}-{number:6}", "INV-{year}-0{number:5}", "DN-{year}-{number:6}"),
                DocumentKind.INVOICE,
                DocumentKind.CREDIT_NOTE);
        refused(
                rules(72, "INV-{year}-{number:6}", "CN-{year}-{number:6}", "PF-{year}-{number:6}"),
                DocumentKind.DEBIT_NOTE);
        assertThat(books.in(() -> staff.change(USUAL))).isEqualTo(Outcome.UNCHANGED);
        assertThat(books.in(() -> staff.rules())).isEqualTo(USUAL);
    }

    private void refused(Rules rules, DocumentKind... kinds) {
        assertThat(books.in(() -> staff.change(rules))).isEqualTo(Outcome.PATTERN);
        assertThat(books.in(() -> staff.faults(rules))).containsExactlyInAnyOrder(kinds);
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
    void eachKindOfDocumentHasNumbersThatLookAsTheResellerSaid() {
        var wished = rules(72, "R{year}/{number:4}", "G{year}/{number:4}", "N{year}/{number:4}");
        assertThat(books.in(() -> staff.change(wished))).isEqualTo(Outcome.DONE);
        var swapped = rules(72, "G{year}/{number:4}", "R{year}/{number:4}", "N{year}/{number:4}");
        assertThat(books.in(() -> staff.change(swapped))).isEqualTo(Outcome.DONE);
        assertThat(books.in(() -> staff.change(wished))).isEqualTo(Outcome.DONE);
        var wallet = office.wallet("100");
        books.rent(wallet, books.price("7.30"), RENTED);
        books.charge(IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);
        office.issue(wallet, OCTOBER);
        office.credit(wallet, "1");
        office.debit(wallet, "0.50");

        assertThat(books.in(() -> books.sql.query(
                        "select number_text from invoice order by kind", row -> row.text("number_text"))))
                .containsExactly("G2026/0001", "N2026/0001", "R2026/0001");
        // The series of this year look so to its end, so that no other kind may.
        refused(swapped, DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE);
        assertThat(books.in(() -> staff.rules())).isEqualTo(wished);
    }

    @Test
    void whoAsksForDocumentsHasWhatWaitsTriedAgain() {
        Database.asOwner(
                "insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at, state, retry_at)"
                        + " select '" + books.tenant.value() + "', '" + books.tenant.role()
                        + "', '2026-10-01', '2026-10-31T23:00Z', '2026-11-03T23:00Z', 'WAITING', now() + interval '1 hour'");
        books.in(() -> {
            staff.issueNow();
            return true;
        });
        assertThat(fired).containsExactly(new InvoicingRequested());
        assertThat(Database.texts(
                        "select (retry_at <= clock_timestamp())::text from work.invoicing_run where tenant = '"
                                + books.tenant.value() + "'"))
                .containsExactly("true");
    }

    @Test
    void aMemberDecidesNothing() {
        var member = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        try (var acting = Actors.enter(member)) {
            assertThatThrownBy(() ->
                            Database.in(books.tenant, () -> staff.change(new Rules(1, USUAL.patterns(), true))))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> Database.run(books.tenant, staff::issueNow))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> Database.in(books.tenant, staff::rules)).isInstanceOf(AccessDenied.class);
        }
        assertThat(fired).isEmpty();
    }
}
