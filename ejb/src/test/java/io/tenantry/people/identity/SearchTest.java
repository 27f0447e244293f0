package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.admin.search.Search;
import io.tenantry.admin.search.SearchResult;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SearchTest {
    private final IdentityFixture identityFixture = new IdentityFixture();
    private final Search search = new Search(identityFixture.sql, identityFixture.access);

    @Test
    void ranksPrefixMatchesBeforeOtherMatches() {
        var staff = staff("find1-sam@example.org", "staff_owner");
        customer("Zebra find1 Works", "find1-a@example.org");
        customer("Find1 Bakery", "find1-b@example.org");
        assertThat(titlesFor(staff, "find1")).containsSubsequence("Find1 Bakery", "Zebra find1 Works");
    }

    @Test
    void ignoresCaseAndEscapesWildcards() {
        var staff = staff("find2-sam@example.org", "staff_owner");
        customer("Find2 100% Coffee", "find2@example.org");
        customer("Find2 Tea", "find2-tea@example.org");
        assertThat(titlesFor(staff, "FIND2 100%")).containsExactly("Find2 100% Coffee");
        assertThat(titlesFor(staff, "find2 %")).isEmpty();
        assertThat(titlesFor(staff, "  ")).isEmpty();
        assertThat(titlesFor(staff, "x".repeat(81))).isEmpty();
    }

    @Test
    void limitsEachGroupToTheRequestedSize() {
        var staff = staff("find3-sam@example.org", "staff_owner");
        for (var n = 0; n < 4; n++) {
            customer("Find3 number " + n, "find3-" + n + "@example.org");
        }
        assertThat(in(Database.AURORA, staff, () -> search.find("find3", Optional.empty(), 3)))
                .filteredOn(searchResult -> searchResult.group() == SearchResult.Group.CUSTOMER)
                .hasSize(3);
    }

    @Test
    void membersFindServicesOfTheirOrganizationOnly() {
        var mine = in(Database.AURORA, SYSTEM, () -> identityFixture.customer("find4@example.org"));
        var theirs = in(Database.AURORA, SYSTEM, () -> identityFixture.customer("find4-other@example.org"));
        var own = service(mine.organizationId(), "find4-web");
        service(theirs.organizationId(), "find4-web");
        assertThat(in(Database.AURORA, mine.owner(), () -> search.find("find4", Optional.of(mine.organizationId()), 9)))
                .extracting(SearchResult::id)
                .containsExactly(own.toString());
        assertThat(in(
                        Database.AURORA,
                        mine.owner(),
                        () -> search.find("find4", Optional.of(theirs.organizationId()), 9)))
                .isEmpty();
        assertThat(in(Database.AURORA, mine.owner(), () -> search.find("find4", Optional.empty(), 9)))
                .isEmpty();
    }

    @Test
    void staffFindOnlyWhatTheirRolePermits() {
        var support = staff("find5-support@example.org", "staff_owner");
        var owner = in(Database.AURORA, SYSTEM, () -> identityFixture.customer("find5@example.org"));
        service(owner.organizationId(), "customer of find5");
        Database.asOwner("update t_aurora.person set name = 'Customer of Find5' where email = 'find5@example.org'");
        assertThat(in(Database.AURORA, support, () -> search.find("customer of find5", Optional.empty(), 9)))
                .extracting(SearchResult::group)
                .containsExactly(SearchResult.Group.SERVICE, SearchResult.Group.CUSTOMER, SearchResult.Group.PERSON);
        Database.asOwner("insert into t_aurora.role (code, name, kind, permissions) values"
                + " ('staff_blind', 'Blind', 'STAFF', array['staff_services_view'])");
        try {
            changeRole(support, "staff_blind");
            assertThat(in(Database.AURORA, support, () -> search.find("customer of find5", Optional.empty(), 9)))
                    .extracting(SearchResult::group)
                    .containsExactly(SearchResult.Group.SERVICE);
        } finally {
            changeRole(support, "staff_owner");
            Database.asOwner("delete from t_aurora.role where code = 'staff_blind'");
        }
    }

    private static void changeRole(Actor staff, String role) {
        Database.asOwner("update t_aurora.staff_member set role = '" + role + "' where person_id = '"
                + IdentityFixture.id(staff) + "'");
    }

    @Test
    void staffFindPeopleByNameLastNameAndAddress() {
        var staff = staff("find8-sam@example.org", "staff_owner");
        var organization = in(
                Database.AURORA,
                SYSTEM,
                () -> identityFixture.organizations.create(new Organizations.Draft(
                        "Eighth Bakery",
                        "books@eighth.example",
                        "DE",
                        "Wilhelmina van Findacht",
                        "find8-w@eighth.example")));
        assertThat(organization).isNotNull();
        for (var text : List.of("wilhelmina", "findacht", "van find", "find8-w@", "WILHELMINA VAN FINDACHT")) {
            assertThat(in(Database.AURORA, staff, () -> search.find(text, Optional.empty(), 9)))
                    .as(text)
                    .anySatisfy(searchResult -> {
                        assertThat(searchResult.group()).isEqualTo(SearchResult.Group.PERSON);
                        assertThat(searchResult.title()).isEqualTo("Wilhelmina van Findacht");
                        assertThat(searchResult.detail()).isEqualTo("find8-w@eighth.example · Eighth Bakery");
                    });
        }
    }

    @Test
    void membersFindNoPeople() {
        var mine = in(Database.AURORA, SYSTEM, () -> identityFixture.customer("find9@example.org"));
        assertThat(in(Database.AURORA, mine.owner(), () -> search.find("find9", Optional.of(mine.organizationId()), 9)))
                .isEmpty();
    }

    @Test
    void findsPermittedDocumentsByNumber() {
        var staff = staff("find10-sam@example.org", "staff_owner");
        var mine = in(Database.AURORA, SYSTEM, () -> identityFixture.customer("find10@example.org"));
        var theirs = in(Database.AURORA, SYSTEM, () -> identityFixture.customer("find10-other@example.org"));
        var own = document(mine.organizationId(), "FIND10-2026-000007");
        var other = document(theirs.organizationId(), "FIND10-2026-000008");

        assertThat(in(Database.AURORA, staff, () -> search.find("find10-2026-", Optional.empty(), 9)))
                .extracting(SearchResult::group, SearchResult::id)
                .containsExactlyInAnyOrder(
                        tuple(SearchResult.Group.DOCUMENT, own.toString()),
                        tuple(SearchResult.Group.DOCUMENT, other.toString()));
        assertThat(in(
                        Database.AURORA,
                        mine.owner(),
                        () -> search.find("FIND10-2026-00000", Optional.of(mine.organizationId()), 9)))
                .extracting(SearchResult::group, SearchResult::id)
                .containsExactly(tuple(SearchResult.Group.DOCUMENT, own.toString()));
        assertThat(in(
                        Database.BOREALIS,
                        staff("find10-r@example.org"),
                        () -> search.find("find10-2026", Optional.empty(), 9)))
                .isEmpty();
    }

    @Test
    void findsServicesByIdAndAddressAndCustomersByReference() {
        var staff = staff("find11-sam@example.org", "staff_owner");
        var mine = in(Database.AURORA, SYSTEM, () -> identityFixture.customer("find11@example.org"));
        var own = service(mine.organizationId(), "eleven");
        Database.asOwner("insert into t_aurora.service_address (service_id, address) values ('" + own
                + "', '2001:db8:11::1'), ('" + own + "', '203.0.113.111')");
        for (var text : List.of(own.toString(), "203.0.113.111", "2001:DB8:11:")) {
            assertThat(in(Database.AURORA, staff, () -> search.find(text, Optional.empty(), 9)))
                    .as(text)
                    .extracting(SearchResult::group, SearchResult::id)
                    .containsExactly(tuple(SearchResult.Group.SERVICE, own.toString()));
        }
        var reference = in(
                Database.AURORA,
                SYSTEM,
                () -> identityFixture.sql.one(
                        "select reference from bank_reference where organization_id = ?",
                        row -> row.text("reference"),
                        mine.organizationId()));
        assertThat(in(Database.AURORA, staff, () -> search.find(reference, Optional.empty(), 9)))
                .extracting(SearchResult::group, SearchResult::id)
                .containsExactly(
                        tuple(SearchResult.Group.CUSTOMER, mine.organizationId().toString()));
    }

    @Test
    void normalizesSpacesAndUnicodeInSearchTerms() {
        var staff = staff("find12-sam@example.org", "staff_owner");
        customer("Find12 Bäckerei Nord", "find12@example.org");
        for (var text : List.of(
                "\u00a0find12 bäckerei\u00a0",
                "\u200bfind12\u00a0bäckerei",
                "find12 ba\u0308ckerei",
                "\ufefffind12\u202fbäckerei\u0000",
                "find12 \u00a0bäcke\u00adrei")) {
            assertThat(titlesFor(staff, text)).as(text).containsExactly("Find12 Bäckerei Nord");
        }
        assertThat(titlesFor(staff, "\u00a0\u200b")).isEmpty();
    }

    @Test
    void findsEmailAddressesInUnicodeAndPunycode() {
        var staff = staff("find13-sam@example.org", "staff_owner");
        customer("Find13 Works", "ida.find13@müllerfind.example");
        for (var text : List.of(
                "ida.find13@müllerfind.example",
                "IDA.FIND13@MÜLLERFIND.EXAMPLE",
                "ida.find13@xn--mllerfind-q9a.example",
                "ida.find13@müllerfind",
                "@müllerfind",
                "müllerfind.example",
                "mu\u0308llerfind.ex",
                "ida.find13\uff20müllerfind")) {
            assertThat(in(Database.AURORA, staff, () -> search.find(text, Optional.empty(), 9)))
                    .as(text)
                    .extracting(SearchResult::group)
                    .containsExactly(SearchResult.Group.CUSTOMER, SearchResult.Group.PERSON);
            assertThat(in(Database.AURORA, staff, () -> identityFixture.organizations.page(text, 0, 9)))
                    .as(text)
                    .hasSize(1);
            assertThat(in(Database.AURORA, staff, () -> identityFixture.organizations.count(text)))
                    .isEqualTo(1);
        }
    }

    @Test
    void findsNothingOfOtherTenants() {
        var there = Database.in(
                Database.BOREALIS, () -> identityFixture.staffMember("find6-rachel@example.org", "staff_owner"));
        customer("Find6 Secret", "find6@example.org");
        assertThat(in(Database.BOREALIS, there, () -> search.find("find6", Optional.empty(), 9)))
                .isEmpty();
        assertThat(in(Database.AURORA, there, () -> search.find("find6", Optional.empty(), 9)))
                .isEmpty();
    }

    @Test
    void operatorsFindResellers() {
        var operator = Database.in(
                Scope.PLATFORM, () -> identityFixture.staffMember("find7-otto@example.org", "operator_owner"));
        assertThat(Database.in(
                        Scope.PLATFORM,
                        () -> IdentityFixture.as(operator, () -> search.find("auro", Optional.empty(), 9))))
                .extracting(SearchResult::group, SearchResult::id)
                .containsExactly(tuple(SearchResult.Group.TENANT, "aurora"));
    }

    private static final Actor SYSTEM = Actor.system("test");

    private Actor staff(String email, String role) {
        return in(Database.AURORA, SYSTEM, () -> identityFixture.staffMember(email, role));
    }

    private void customer(String name, String email) {
        in(
                Database.AURORA,
                SYSTEM,
                () -> identityFixture.organizations.create(new Organizations.Draft(name, email, "DE", "Olga", email)));
    }

    /** Creates a server row, with its own plan. */
    private UUID service(UUID organizationId, String name) {
        var id = UUID.randomUUID();
        Database.asOwner("""
                set search_path to t_aurora;
                insert into category (code, name, position) values ('find', 'Find', 9) on conflict do nothing;
                insert into region (code, name, country) values ('find', 'Find', 'DE') on conflict do nothing;
                set session_replication_role = replica;
                insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state,
                                     ordered_at)
                values ('%s', '%s', '%s', 'VPS', '%s', '%s', '%s', 'find', 'sandbox', 'ORDERED', now());
                set session_replication_role = origin;
                set search_path to public;
                """.formatted(id, organizationId, id, name, id, id));
        return id;
    }

    private Actor staff(String email) {
        return Database.in(Database.BOREALIS, () -> identityFixture.staffMember(email, "staff_owner"));
    }

    /** Creates a document row. */
    private UUID document(UUID organizationId, String number) {
        var id = UUID.randomUUID();
        Database.asOwner("""
                set search_path to t_aurora;
                set session_replication_role = replica;
                insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency, decimals,
                                     period_from, period_to, buyer_name, buyer_email, buyer_country, net, through_period, issued_at, issued_by, paid_at, prepaid)
                values ('%s', 'INVOICE', '%s', 1, '%s', 'PAID', '%s', '%s', 'EUR', 2, '2026-10-01', '2026-11-01', 'Buyer', 'b@example.org',
                        'DE', 5, 1, now(), 'test', now(), 5);
                set session_replication_role = origin;
                set search_path to public;
                """.formatted(id, id, number, organizationId, id));
        return id;
    }

    private List<String> titlesFor(Actor staff, String text) {
        return in(Database.AURORA, staff, () -> search.find(text, Optional.empty(), 20)).stream()
                .map(SearchResult::title)
                .toList();
    }

    private static <T> T in(TenantId tenant, Actor actor, Supplier<T> work) {
        return Database.in(tenant, () -> IdentityFixture.as(actor, work));
    }
}
