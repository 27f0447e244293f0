package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.dashboard.StaffDashboard;
import io.tenantry.billing.wallet.DailyAmounts;
import io.tenantry.billing.wallet.DailyCharges;
import io.tenantry.billing.wallet.Wallets.BalanceStatus;
import io.tenantry.cloud.provisioning.CustomerQuery;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Charges by day, and wallets at risk, on a real PostgreSQL. 73.00 a month is 0.10 an hour. */
class SpendingTest {
    /** Half past ten in the evening in Berlin; the next hour starts half an hour before November. */
    private static final Instant LATE = Instant.parse("2026-10-31T21:30:00Z");

    private static final Instant ELEVEN = Instant.parse("2026-10-31T22:00:00Z");
    private static BillingFixture billingFixture;
    private static UUID organization;
    private static DailyCharges daily;
    private static CustomerQuery customerQuery;
    private static StaffDashboard staff;

    @BeforeAll
    static void chargeOverMidnight() {
        billingFixture = new BillingFixture("spending", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(LATE);
        var wallet = billingFixture.wallet("0.25");
        organization = billingFixture.in(() -> {
            var id = billingFixture.sql.one(
                    "select organization_id id from wallet where id = ?", row -> row.uuid("id"), wallet);
            return billingFixture.sql.one("""
                    insert into organization (id, name, billing_email, country, created_at)
                    values (?, 'Nordwind', 'billing@nordwind.example', 'DE', ?)
                    returning id
                    """, row -> row.uuid("id"), id, LATE);
        });
        billingFixture.rent(wallet, billingFixture.price("73.00"), LATE);
        for (var hour = 1; hour <= 3; hour++) {
            billingFixture.clock.stopAt(ELEVEN.plusSeconds(3600L * hour));
            billingFixture.charge(ELEVEN.plusSeconds(3600L * hour));
        }
        var access = new Access(billingFixture.sql);
        var tenants = new TenantDirectory(Database.administration());
        daily = new DailyCharges(billingFixture.sql, billingFixture.clock, tenants);
        customerQuery = new CustomerQuery(billingFixture.sql, access, tenants);
        staff = new StaffDashboard(access, billingFixture.sql, billingFixture.clock, tenants, daily, new RunQuery());
    }

    @Test
    void assignsAChargeAtMidnightToThePreviousDay() {
        var days = spent();

        assertThat(days.amounts())
                .containsEntry(LocalDate.of(2026, 10, 31), billingFixture.money("0.20"))
                .containsEntry(LocalDate.of(2026, 11, 1), billingFixture.money("0.20"));
    }

    @Test
    void comparesWithThePreviousMonthUpToTheSameDay() {
        var days = spent();

        assertThat(days.thisMonth()).isEqualTo(billingFixture.money("0.20"));
        assertThat(days.monthBeforeToSameDay()).isEqualTo(billingFixture.money("0"));
    }

    @Test
    void showsEachDayNextToThePreviousMonth() {
        assertThat(spent().days()).hasSize(30);
        assertThat(spent().days().get(0).now()).isEqualTo(billingFixture.money("0.20"));
    }

    @Test
    void hasNoCounterpartForDaysMissingInAShorterMonth() {
        var days = new DailyAmounts(
                LocalDate.of(2026, 3, 31), billingFixture.money("0").currency(), Map.of(), Map.of());

        assertThat(days.days()).hasSize(31);
        assertThat(days.days().get(30).then()).isEqualTo(billingFixture.money("0"));
    }

    @Test
    void listsCustomersWhoseWalletNeedsAttention() {
        var atRisk = staffDo(() -> customerQuery.find(
                        new ListQuery("", Map.of("wallet", "risk", "runway", "7"), "runway", false, 0, 10)))
                .rows();

        assertThat(atRisk).singleElement().satisfies(customerStatus -> {
            assertThat(customerStatus.name()).isEqualTo("Nordwind");
            assertThat(customerStatus.alert()).isEqualTo(BalanceStatus.OVER_LIMIT);
            assertThat(customerStatus.balance()).isEqualTo(billingFixture.money("-0.15"));
            assertThat(customerStatus.burnPerHour()).isEqualTo(billingFixture.money("0.10"));
        });
    }

    @Test
    void countsRunningServicesAndBestSellingPlans() {
        var view = staffDo(staff::view);

        assertThat(view.counts()).hasValue(new StaffDashboard.Counts(1, 0, 0, 1, 0, 0, false));
        assertThat(view.plans())
                .singleElement()
                .satisfies(share -> assertThat(share.monthly()).containsExactly(billingFixture.money("73")));
        assertThat(view.regions())
                .singleElement()
                .satisfies(region -> assertThat(region.services()).isEqualTo(1));
        assertThat(view.daily().orElseThrow().thisMonth()).isEqualTo(billingFixture.money("0.20"));
    }

    @Test
    void locatesRegionsOfServices() {
        var region = staffDo(staff::view).regions().get(0);
        assertThat(region.place()).isEmpty();
        billingFixture.in(() -> billingFixture.sql.update(
                "insert into region_location (region, latitude, longitude) values (?, 50.11, 8.68)", region.code()));

        var placed = staffDo(staff::view).regions().get(0);

        assertThat(placed.services()).isEqualTo(region.services());
        assertThat(placed.place())
                .hasValueSatisfying(mapPoint -> assertThat(mapPoint.longitude()).isEqualByComparingTo("8.68"));
        billingFixture.in(
                () -> billingFixture.sql.update("delete from region_location where region = ?", region.code()));
    }

    @Test
    void findsACustomerByPartOfItsName() {
        assertThat(staffDo(() -> customerQuery.find(found("wind")).rows())).hasSize(1);
        assertThat(staffDo(() -> customerQuery.find(found("nobody")).rows())).isEmpty();
    }

    @Test
    void countsCustomersBeyondThePage() {
        var listQuery = found("wind");

        assertThat(staffDo(() -> customerQuery.find(listQuery)).total()).isEqualTo(1);
        assertThat(staffDo(() -> customerQuery.find(listQuery.part(5, 10)))).satisfies(behind -> {
            assertThat(behind.rows()).isEmpty();
            assertThat(behind.total()).isEqualTo(1);
        });
    }

    private static ListQuery found(String search) {
        return new ListQuery(search, Map.of(), "", false, 0, 10);
    }

    private static DailyAmounts spent() {
        return billingFixture.in(
                () -> daily.of(organization, billingFixture.money("0").currency()));
    }

    private static <T> T staffDo(Supplier<T> work) {
        var staff = UUID.randomUUID();
        return Database.in(billingFixture.tenant, () -> {
            billingFixture.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, 'Staff', ?)",
                    staff,
                    staff + "@aurora.example",
                    LATE);
            billingFixture.sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, 'staff_owner', 'STAFF', ?)",
                    staff,
                    LATE);
            try (var actorScope = Actors.enter(new Actor(Actor.Kind.STAFF, staff, "Staff"))) {
                return work.get();
            }
        });
    }
}
