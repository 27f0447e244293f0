package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.invoicing.Invoicing.Line;
import io.tenantry.listing.Wish;
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

/** What people read: drafts, documents, and who is on them. */
class DocumentsTest {
    private static final Buyer BUYER = new Buyer(
            new Address("Nordwind Logistik GmbH", "Kai 3", "20457", "Hamburg", "DE"),
            "DE888888885",
            "invoices@nordwind.example",
            "PO 17");

    private static Office office;
    private static Books books;
    private static Parties parties;
    private static Documents documents;
    private static DocumentList list;

    @BeforeAll
    static void open() {
        books = new Books("papers", "EUR", "Europe/Berlin");
        office = new Office(books);
        var access = new Access(books.sql);
        var tenants = new TenantDirectory(Database.administration());
        parties = new Parties(books.sql, books.clock, access, Office.trail(books));
        documents = new Documents(books.sql, books.clock, access, tenants, office.invoicing);
        list = new DocumentList(books.sql, books.clock, access, tenants);
    }

    @BeforeEach
    void beginInOctober() {
        books.clock.stopAt(RENTED);
    }

    private static UUID organization(UUID wallet) {
        return books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    /** Two servers, one of which was changed once; charged until November's fourth day. */
    private static UUID wallet() {
        var wallet = office.wallet("100");
        books.rent(wallet, books.price("7.30"), RENTED);
        var changed = books.rent(wallet, books.price("7.30"), RENTED);
        books.change(changed, books.price("14.60"), RENTED.plus(Duration.ofMinutes(150)));
        books.charge(IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER.minus(Duration.ofHours(2)));
        return wallet;
    }

    private static Documents.Paper issued(UUID wallet) {
        books.clock.stopAt(IN_NOVEMBER);
        var batch = office.issue(wallet, OCTOBER);
        assertThat(batch.documents()).isEqualTo(1);
        var id = office.document(wallet).id();
        return books.in(() -> documents.one(id));
    }

    @Test
    void theDocumentSaysWhatTheDraftSaid() {
        var wallet = wallet();
        var organization = organization(wallet);
        var draft = books.in(() -> documents.draft(organization, YearMonth.of(2026, 10)));
        var paper = issued(wallet);

        assertThat(draft.issued()).isEmpty();
        assertThat(paper.issued()).isPresent();
        assertThat(paper.groups()).isEqualTo(draft.groups());
        assertThat(paper)
                .usingRecursiveComparison()
                .comparingOnlyFields("period", "seller", "buyer", "net", "tax", "rounding", "total")
                .isEqualTo(draft);
        assertThat(paper.total()).isEqualTo(paper.net().plus(paper.tax()).plus(paper.rounding()));
    }

    @Test
    void linesOfOneServerStandTogetherAndSayHoursAndPrices() {
        var paper = issued(wallet());

        assertThat(paper.groups()).hasSize(2);
        assertThat(paper.groups()).extracting(group -> group.lines().size()).containsExactlyInAnyOrder(1, 2);
        for (var group : paper.groups()) {
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
                assertThat(line.unitPrice()).isIn(books.money("0.01"), books.money("0.02"));
            });
        }
    }

    @Test
    void theRunningMonthLeavesOutWhatIsOnTheDocumentBefore() {
        var wallet = wallet();
        var organization = organization(wallet);
        var running = books.in(() -> documents.draft(organization));

        // From midnight in Berlin on the first to midnight in London on the fourth, by two servers.
        assertThat(running.period().month()).isEqualTo(YearMonth.of(2026, 11));
        assertThat(running.groups())
                .flatExtracting(Documents.Group::lines)
                .extracting(Line::quantity)
                .allSatisfy(hours -> assertThat(hours).isEqualByComparingTo("73"));
        assertThat(running.total()).isEqualTo(books.money("2.19"));
        assertThat(books.in(documents::drafts)).containsExactly(YearMonth.of(2026, 11), YearMonth.of(2026, 10));

        var unusedPaper = issued(wallet);
        assertThat(books.in(() -> documents.draft(organization)).groups()).isEqualTo(running.groups());
        assertThat(books.in(documents::drafts)).containsExactly(YearMonth.of(2026, 11));
        assertThatThrownBy(() -> books.in(() -> documents.draft(organization, YearMonth.of(2026, 10))))
                .isInstanceOf(NotVisible.class);
    }

    @Test
    void aDocumentKeepsWhoSoldAndWhoBoughtWhenItWasIssued() {
        var wallet = wallet();
        var organization = organization(wallet);
        assertThat(books.in(() -> parties.buy(organization, BUYER))).isEqualTo(new Parties.Outcome.Written());
        assertThat(books.in(() -> parties.buy(organization, BUYER))).isEqualTo(new Parties.Outcome.Unchanged());
        var seller = books.in(parties::seller).orElseThrow();
        var paper = issued(wallet);

        var moved = new Buyer(
                new Address("Nordwind AG", "Kai 4", "20457", "Hamburg", "DE"), "", "invoices@nordwind.example", "");
        books.in(() -> parties.buy(organization, moved));
        var renamed = new Seller(
                new Address("Aurora AG", "Ring 1", "20095", "Hamburg", "DE"), "", "", "", "", "", "", "", "", "");
        books.in(() -> parties.sell(renamed));

        assertThat(paper.buyer()).isEqualTo(BUYER);
        assertThat(paper.seller()).contains(seller);
        assertThat(books.in(() -> documents.one(paper.issued().orElseThrow().id())))
                .isEqualTo(paper);
        assertThat(books.in(() -> documents.draft(organization)).buyer()).isEqualTo(moved);
        assertThat(books.in(() -> documents.draft(organization)).seller()).contains(renamed);
        assertThat(paper.issued().orElseThrow().buyer()).isEqualTo("Nordwind Logistik GmbH");
        books.in(() -> parties.sell(seller));
    }

    @Test
    void whatADocumentCouldNotBeIssuedWithIsRefused() {
        var nobody = new Seller(
                new Address(" ", "", "", "", "XX"), "1", "", "", "me", "", "", "DE00 1234 5678 9012 3456 78", "", "");
        assertThat(books.in(() -> parties.sell(nobody)))
                .isEqualTo(new Parties.Outcome.Invalid(java.util.Set.of(
                        Seller.Field.NAME,
                        Seller.Field.STREET,
                        Seller.Field.CITY,
                        Seller.Field.COUNTRY,
                        Seller.Field.VAT_NUMBER,
                        Seller.Field.EMAIL,
                        Seller.Field.IBAN)));
        assertThat(Iban.isValid("DE89370400440532013000")).isTrue();
        assertThat(Iban.isValid("DE88370400440532013000")).isFalse();
        assertThat(Iban.isValid("")).isFalse();
        var strange = new Buyer(new Address("x".repeat(121), "", "", "", "DE"), "", "", "");
        assertThat(strange.faults()).containsExactlyInAnyOrder(Seller.Field.NAME, Seller.Field.EMAIL);
    }

    @Test
    void documentsAreFoundByNumberBuyerMonthAndState() {
        var wallet = wallet();
        var paper = issued(wallet);
        var head = paper.issued().orElseThrow();

        assertThat(found(head.number().toLowerCase(java.util.Locale.ROOT), Map.of()))
                .containsExactly(head);
        assertThat(found("nordwind", Map.of())).contains(head);
        assertThat(found("nobody of that name", Map.of())).isEmpty();
        assertThat(found("", Map.of("customer", head.organizationId().toString())))
                .containsExactly(head);
        assertThat(found("", Map.of("customer", "' or true --"))).isEmpty();
        assertThat(found("", Map.of("month", "2026-10", "state", "paid"))).contains(head);
        assertThat(found("", Map.of("month", "2026-09"))).isEmpty();
        assertThat(found("", Map.of("month", "soon"))).isEmpty();
        assertThat(found("", Map.of("state", "void"))).isEmpty();
        assertThat(books.in(() -> list.find(head.organizationId(), Wish.of(10))).rows())
                .containsExactly(head);
        assertThat(head.paidAt()).isPresent();
        assertThat(books.in(() -> list.months(head.organizationId()))).containsExactly(YearMonth.of(2026, 10));
        // None of these was issued by a run.
        var months = books.in(() -> list.months());
        assertThat(months).isEmpty();
    }

    private static List<DocumentList.Head> found(String search, Map<String, String> filters) {
        return books.in(() -> list.find(new Wish(search, filters, "number", false, 0, 100)))
                .rows();
    }

    @Test
    void aStrangerSeesNoDocumentAndNoDraft() {
        var wallet = wallet();
        var organization = organization(wallet);
        var id = issued(wallet).issued().orElseThrow().id();
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");

        assertThatThrownBy(() -> as(stranger, () -> documents.one(id))).isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(stranger, () -> documents.draft(organization)))
                .isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(stranger, () -> list.find(organization, Wish.of(1))))
                .isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(stranger, () -> parties.buy(organization, BUYER)))
                .isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(stranger, () -> list.find(Wish.of(1)))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> as(stranger, parties::seller)).isInstanceOf(AccessDenied.class);
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        try (var acting = Actors.enter(actor)) {
            return Database.in(books.tenant, work);
        }
    }
}
