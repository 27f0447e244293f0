package io.tenantry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A draft, two plans on sale, one of them with a future price, and one that was taken off sale. */
class PlanListTest {
    private static final Instant NOON = Instant.parse("2026-11-10T11:00:00Z");

    private static BillingFixture billingFixture;
    private static PlanList plans;
    private static UUID cheap;
    private static UUID retired;

    @BeforeAll
    static void fill() {
        billingFixture = new BillingFixture("planlist", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        plans = new PlanList(
                billingFixture.sql,
                new Access(billingFixture.sql),
                billingFixture.clock,
                new Currencies(billingFixture.sql, new TenantDirectory(Database.administration())));
        createPlan("Draft", "DRAFT");
        cheap = createPlan("Cheap", "ON_SALE");
        billingFixture.price(cheap, 1, "7.30");
        billingFixture.clock.stopAt(NOON.plus(1, ChronoUnit.DAYS));
        billingFixture.price(cheap, 2, "99");
        billingFixture.clock.stopAt(NOON);
        var dear = createPlan("dear", "ON_SALE");
        var price = billingFixture.price(dear, 1, "73.00");
        billingFixture.rent(billingFixture.wallet("100"), price, NOON);
        retired = createPlan("Gone", "RETIRED");
        billingFixture.price(retired, 1, "1");
        billingFixture.in(
                () -> billingFixture.sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", dear));
    }

    private static UUID createPlan(String name, String state) {
        var plan = billingFixture.plan();
        billingFixture.in(
                () -> billingFixture.sql.update("update plan set name = ?, state = ? where id = ?", name, state, plan));
        return plan;
    }

    @Test
    void hidesRetiredPlansByDefault() {
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
    void searchesByNameOrCode() {
        assertThat(names(new ListQuery("DEA", Map.of(), "", false, 0, 10))).containsExactly("dear");
        assertThat(names(new ListQuery("plan-", Map.of(), "", false, 0, 10))).hasSize(3);
    }

    @Test
    void sortsByCurrentPriceWithUnpricedPlansLast() {
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
    void showsCurrentPriceAndRunningServices() {
        var resultPage = billingFixture.in(() -> plans.find(sorted("monthly", false)));

        assertThat(resultPage.total()).isEqualTo(3);
        assertThat(resultPage.rows().get(0).price().orElseThrow().monthly()).isEqualTo(billingFixture.money("7.30"));
        assertThat(resultPage.rows().get(1).services()).isEqualTo(1);
        assertThat(resultPage.rows().get(2).price()).isEmpty();
    }

    @Test
    void requiresPermission() {
        assertThatThrownBy(() -> Database.in(billingFixture.tenant, () -> plans.find(sorted("name", false))))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Database.in(billingFixture.tenant, () -> plans.rows(sorted("name", false))))
                .isInstanceOf(AccessDeniedException.class);
    }

    private static ListQuery sorted(String by, boolean descending) {
        return new ListQuery("", Map.of(), by, descending, 0, 10);
    }

    private static List<String> names(Map<String, String> filters) {
        return names(new ListQuery("", filters, "", false, 0, 10));
    }

    private static List<String> names(ListQuery listQuery) {
        return billingFixture.in(() -> plans.rows(listQuery)).stream()
                .map(Catalog.PlanView::name)
                .toList();
    }
}
