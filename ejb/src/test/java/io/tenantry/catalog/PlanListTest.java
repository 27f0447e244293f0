package io.tenantry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.listing.Wish;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A draft, two plans on sale, one of them with a price to come, and one that was taken off sale. */
class PlanListTest {
    private static final Instant NOON = Instant.parse("2026-11-10T11:00:00Z");

    private static Books books;
    private static PlanList plans;
    private static UUID cheap;
    private static UUID retired;

    @BeforeAll
    static void fill() {
        books = new Books("planlist", "EUR", "Europe/Berlin");
        books.clock.stopAt(NOON);
        plans = new PlanList(
                books.sql,
                new Access(books.sql),
                books.clock,
                new Currencies(books.sql, new TenantDirectory(Database.administration())));
        named("Draft", "DRAFT");
        cheap = named("Cheap", "ON_SALE");
        books.price(cheap, 1, "7.30");
        books.clock.stopAt(NOON.plus(1, ChronoUnit.DAYS));
        books.price(cheap, 2, "99");
        books.clock.stopAt(NOON);
        var dear = named("dear", "ON_SALE");
        var price = books.price(dear, 1, "73.00");
        books.rent(books.wallet("100"), price, NOON);
        retired = named("Gone", "RETIRED");
        books.price(retired, 1, "1");
        books.in(() -> books.sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", dear));
    }

    private static UUID named(String name, String state) {
        var plan = books.plan();
        books.in(() -> books.sql.update("update plan set name = ?, state = ? where id = ?", name, state, plan));
        return plan;
    }

    @Test
    void areThoseThatCanBeHadUnlessOthersAreAskedFor() {
        assertThat(names(Map.of())).containsExactlyInAnyOrder("Draft", "Cheap", "dear");
        assertThat(names(Map.of("state", "all"))).hasSize(4);
        assertThat(names(Map.of("state", "retired"))).containsExactly("Gone");
        assertThat(names(Map.of("state", "on-sale"))).containsExactlyInAnyOrder("Cheap", "dear");
        assertThat(names(Map.of("state", "' or true --"))).isEmpty();
        assertThat(names(Map.of("region", "fra"))).containsExactly("dear");
        assertThat(names(Map.of("group", "vps"))).hasSize(3);
        assertThat(names(Map.of("group", "other"))).isEmpty();
        assertThat(names(Map.of("only", cheap + "," + retired + ",nonsense")))
                .containsExactlyInAnyOrder("Cheap", "Gone");
        assertThat(names(Map.of("only", ","))).isEmpty();
    }

    @Test
    void areFoundByNameOrCode() {
        assertThat(names(new Wish("DEA", Map.of(), "", false, 0, 10))).containsExactly("dear");
        assertThat(names(new Wish("plan-", Map.of(), "", false, 0, 10))).hasSize(3);
    }

    @Test
    void areSortedByThePriceInForceAndWithoutOneComeLast() {
        assertThat(names(sorted("monthly", false))).containsExactly("Cheap", "dear", "Draft");
        assertThat(names(sorted("monthly", true))).containsExactly("dear", "Cheap", "Draft");
        assertThat(names(sorted("hourly", false))).containsExactly("Cheap", "dear", "Draft");
        assertThat(names(sorted("name", false))).containsExactly("Cheap", "dear", "Draft");
        assertThat(names(sorted("services", true))).startsWith("dear");
        assertThat(names(sorted("state", false))).startsWith("Draft");
        assertThat(names(sorted("group", false))).hasSize(3);
        assertThat(names(sorted("1; drop table plan", false))).hasSize(3);
    }

    @Test
    void showThePriceInForceAndWhatRuns() {
        var found = books.in(() -> plans.find(sorted("monthly", false)));

        assertThat(found.total()).isEqualTo(3);
        assertThat(found.rows().get(0).price().orElseThrow().monthly()).isEqualTo(books.money("7.30"));
        assertThat(found.rows().get(1).services()).isEqualTo(1);
        assertThat(found.rows().get(2).price()).isEmpty();
    }

    @Test
    void areNotForStrangers() {
        assertThatThrownBy(() -> Database.in(books.tenant, () -> plans.find(sorted("name", false))))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> Database.in(books.tenant, () -> plans.rows(sorted("name", false))))
                .isInstanceOf(AccessDenied.class);
    }

    private static Wish sorted(String by, boolean descending) {
        return new Wish("", Map.of(), by, descending, 0, 10);
    }

    private static List<String> names(Map<String, String> filters) {
        return names(new Wish("", filters, "", false, 0, 10));
    }

    private static List<String> names(Wish wish) {
        return books.in(() -> plans.rows(wish)).stream()
                .map(Catalog.PlanView::name)
                .toList();
    }
}
