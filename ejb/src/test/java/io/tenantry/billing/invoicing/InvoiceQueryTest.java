package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invoice data shown to users: drafts, documents, and the parties on them. */
class InvoiceQueryTest {
    private static final InvoiceBuyer BUYER = new InvoiceBuyer(
            new PostalAddress("Nordwind Logistik GmbH", "Kai 3", "20457", "Hamburg", "DE"),
            "DE888888885",
            "invoices@nordwind.example",
            "PO 17");

    private static InvoicingFixture invoicingFixture;
    private static BillingFixture billingFixture;
    private static BillingParties billingParties;
    private static InvoiceQuery invoiceQuery;
    private static DocumentList list;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("papers", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        var access = new Access(billingFixture.sql);
        var tenants = new TenantDirectory(Database.administration());
        billingParties = new BillingParties(
                billingFixture.sql, billingFixture.clock, access, InvoicingFixture.trail(billingFixture));
        invoiceQuery =
                new InvoiceQuery(billingFixture.sql, billingFixture.clock, access, tenants, invoicingFixture.invoicing);
        list = new DocumentList(billingFixture.sql, billingFixture.clock, access, tenants);
    }

    @BeforeEach
    void startInOctober() {
        billingFixture.clock.stopAt(RENTED);
    }

    private static UUID organization(UUID wallet) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    /** Two servers, one of which was changed once; charged until 4 November. */
    private static UUID wallet() {
        var wallet = invoicingFixture.wallet("100");
        billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        var changed = billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        billingFixture.change(changed, billingFixture.price("14.60"), RENTED.plus(Duration.ofMinutes(150)));
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER.minus(Duration.ofHours(2)));
        return wallet;
    }

    private static InvoiceQuery.InvoiceDetails issued(UUID wallet) {
        billingFixture.clock.stopAt(IN_NOVEMBER);
        var batch = invoicingFixture.issue(wallet, OCTOBER);
        assertThat(batch.documents()).isEqualTo(1);
        var id = invoicingFixture.document(wallet).id();
        return billingFixture.in(() -> invoiceQuery.one(id));
    }

    @Test
    void issuedInvoiceEqualsItsDraft() {
        var wallet = wallet();
        var organization = organization(wallet);
        var draft = billingFixture.in(() -> invoiceQuery.draft(organization, YearMonth.of(2026, 10)));
        var invoiceDetails = issued(wallet);

        assertThat(draft.issued()).isEmpty();
        assertThat(invoiceDetails.issued()).isPresent();
        assertThat(invoiceDetails.groups()).isEqualTo(draft.groups());
        assertThat(invoiceDetails)
                .usingRecursiveComparison()
                .comparingOnlyFields("period", "seller", "buyer", "net", "tax", "rounding", "total")
                .isEqualTo(draft);
        assertThat(invoiceDetails.total())
                .isEqualTo(invoiceDetails.net().plus(invoiceDetails.tax()).plus(invoiceDetails.rounding()));
    }

    @Test
    void groupsLinesByServerWithHoursAndPrices() {
        var invoiceDetails = issued(wallet());

        assertThat(invoiceDetails.groups()).hasSize(2);
        assertThat(invoiceDetails.groups())
                .extracting(group -> group.lines().size())
                .containsExactlyInAnyOrder(1, 2);
        for (var group : invoiceDetails.groups()) {
            assertThat(group.lines())
                    .extracting(Line::subjectId)
                    .containsOnly(group.lines().get(0).subjectId());
            assertThat(group.amount())
                    .isEqualTo(group.lines().stream()
                            .map(Line::amount)
                            .reduce((a, b) -> a.plus(b))
                            .orElseThrow());
            assertThat(group.lines()).allSatisfy(line -> {
                assertThat(line.from()).isBefore(line.to());
                assertThat(line.unitPrice()).isIn(billingFixture.money("0.01"), billingFixture.money("0.02"));
            });
        }
    }

    @Test
    void draftOfTheRunningMonthExcludesInvoicedHours() {
        var wallet = wallet();
        var organization = organization(wallet);
        var running = billingFixture.in(() -> invoiceQuery.draft(organization));

        // From midnight in Berlin on the first to midnight in London on the fourth, by two servers.
        assertThat(running.period().month()).isEqualTo(YearMonth.of(2026, 11));
        assertThat(running.groups())
                .flatExtracting(InvoiceQuery.Group::lines)
                .extracting(Line::quantity)
                .allSatisfy(hours -> assertThat(hours).isEqualByComparingTo("73"));
        assertThat(running.total()).isEqualTo(billingFixture.money("2.19"));
        assertThat(billingFixture.in(invoiceQuery::drafts))
                .containsExactly(YearMonth.of(2026, 11), YearMonth.of(2026, 10));

        var unusedDocument = issued(wallet);
        assertThat(billingFixture.in(() -> invoiceQuery.draft(organization)).groups())
                .isEqualTo(running.groups());
        assertThat(billingFixture.in(invoiceQuery::drafts)).containsExactly(YearMonth.of(2026, 11));
        assertThatThrownBy(() -> billingFixture.in(() -> invoiceQuery.draft(organization, YearMonth.of(2026, 10))))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void keepsSellerAndBuyerAsOfIssue() {
        var wallet = wallet();
        var organization = organization(wallet);
        assertThat(billingFixture.in(() -> billingParties.buy(organization, BUYER)))
                .isEqualTo(new BillingParties.Outcome.Written());
        assertThat(billingFixture.in(() -> billingParties.buy(organization, BUYER)))
                .isEqualTo(new BillingParties.Outcome.Unchanged());
        var invoiceSeller = billingFixture.in(billingParties::seller).orElseThrow();
        var invoiceDetails = issued(wallet);

        var moved = new InvoiceBuyer(
                new PostalAddress("Nordwind AG", "Kai 4", "20457", "Hamburg", "DE"),
                "",
                "invoices@nordwind.example",
                "");
        billingFixture.in(() -> billingParties.buy(organization, moved));
        var renamed = new InvoiceSeller(
                new PostalAddress("Aurora AG", "Ring 1", "20095", "Hamburg", "DE"), "", "", "", "", "", "", "", "", "");
        billingFixture.in(() -> billingParties.sell(renamed));

        assertThat(invoiceDetails.buyer()).isEqualTo(BUYER);
        assertThat(invoiceDetails.seller()).contains(invoiceSeller);
        assertThat(billingFixture.in(() ->
                        invoiceQuery.one(invoiceDetails.issued().orElseThrow().id())))
                .isEqualTo(invoiceDetails);
        assertThat(billingFixture.in(() -> invoiceQuery.draft(organization)).buyer())
                .isEqualTo(moved);
        assertThat(billingFixture.in(() -> invoiceQuery.draft(organization)).seller())
                .contains(renamed);
        assertThat(invoiceDetails.issued().orElseThrow().buyer()).isEqualTo("Nordwind Logistik GmbH");
        billingFixture.in(() -> billingParties.sell(invoiceSeller));
    }

    @Test
    void refusesIncompleteSellerAndBuyerData() {
        var nobody = new InvoiceSeller(
                new PostalAddress(" ", "", "", "", "XX"),
                "1",
                "",
                "",
                "me",
                "",
                "",
                "DE00 1234 5678 9012 3456 78",
                "",
                "");
        assertThat(billingFixture.in(() -> billingParties.sell(nobody)))
                .isEqualTo(new BillingParties.Outcome.Invalid(java.util.Set.of(
                        InvoiceSeller.Field.NAME,
                        InvoiceSeller.Field.STREET,
                        InvoiceSeller.Field.CITY,
                        InvoiceSeller.Field.COUNTRY,
                        InvoiceSeller.Field.VAT_NUMBER,
                        InvoiceSeller.Field.EMAIL,
                        InvoiceSeller.Field.IBAN)));
        assertThat(Iban.isValid("DE89370400440532013000")).isTrue();
        assertThat(Iban.isValid("DE88370400440532013000")).isFalse();
        assertThat(Iban.isValid("")).isFalse();
        var strange = new InvoiceBuyer(new PostalAddress("x".repeat(121), "", "", "", "DE"), "", "", "");
        assertThat(strange.faults()).containsExactlyInAnyOrder(InvoiceSeller.Field.NAME, InvoiceSeller.Field.EMAIL);
    }

    @Test
    void findsDocumentsByNumberBuyerMonthAndState() {
        var wallet = wallet();
        var invoiceDetails = issued(wallet);
        var invoiceSummary = invoiceDetails.issued().orElseThrow();

        assertThat(found(invoiceSummary.number().toLowerCase(java.util.Locale.ROOT), Map.of()))
                .containsExactly(invoiceSummary);
        assertThat(found("nordwind", Map.of())).contains(invoiceSummary);
        assertThat(found("nobody of that name", Map.of())).isEmpty();
        assertThat(found("", Map.of("customer", invoiceSummary.organizationId().toString())))
                .containsExactly(invoiceSummary);
        assertThat(found("", Map.of("customer", "' or true --"))).isEmpty();
        assertThat(found("", Map.of("month", "2026-10", "state", "paid"))).contains(invoiceSummary);
        assertThat(found("", Map.of("month", "2026-09"))).isEmpty();
        assertThat(found("", Map.of("month", "soon"))).isEmpty();
        assertThat(found("", Map.of("state", "void"))).isEmpty();
        assertThat(billingFixture
                        .in(() -> list.find(invoiceSummary.organizationId(), ListQuery.of(10)))
                        .rows())
                .containsExactly(invoiceSummary);
        assertThat(invoiceSummary.paidAt()).isPresent();
        assertThat(billingFixture.in(() -> list.months(invoiceSummary.organizationId())))
                .containsExactly(YearMonth.of(2026, 10));
        // None of these was issued by a run.
        var months = billingFixture.in(() -> list.months());
        assertThat(months).isEmpty();
    }

    private static List<DocumentList.InvoiceSummary> found(String search, Map<String, String> filters) {
        return billingFixture
                .in(() -> list.find(new ListQuery(search, filters, "number", false, 0, 100)))
                .rows();
    }

    @Test
    void hidesDocumentsAndDraftsWithoutPermission() {
        var wallet = wallet();
        var organization = organization(wallet);
        var id = issued(wallet).issued().orElseThrow().id();
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");

        assertThatThrownBy(() -> as(stranger, () -> invoiceQuery.one(id))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(stranger, () -> invoiceQuery.draft(organization)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(stranger, () -> list.find(organization, ListQuery.of(1))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(stranger, () -> billingParties.buy(organization, BUYER)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(stranger, () -> list.find(ListQuery.of(1))))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as(stranger, billingParties::seller)).isInstanceOf(AccessDeniedException.class);
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        try (var actorScope = Actors.enter(actor)) {
            return Database.in(billingFixture.tenant, work);
        }
    }
}
