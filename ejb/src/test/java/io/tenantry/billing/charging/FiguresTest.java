package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.dashboard.StaffDashboard;
import io.tenantry.billing.wallet.DailyCharges;
import io.tenantry.billing.wallet.RevenueQuery;
import io.tenantry.cloud.provisioning.CustomerQuery;
import io.tenantry.cloud.provisioning.ServiceList;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each figure of the staff dashboard is the total of the list it links to, on a real PostgreSQL. */
class FiguresTest {
    private static final Instant OCTOBER = Instant.parse("2026-10-31T21:30:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-10-31T22:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T09:00:00Z");
    private static BillingFixture billingFixture;
    private static StaffDashboard staff;
    private static CustomerQuery customerQuery;
    private static ServiceList services;
    private static RevenueQuery revenueQuery;

    /** One customer stays, one joins, one is closed again, one leaves this month, and one left the month before. */
    @BeforeAll
    static void fill() {
        billingFixture = new BillingFixture("figures", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(OCTOBER);
        var price = billingFixture.price("73.00");
        var stays = customer("Stays", "ACTIVE", OCTOBER);
        billingFixture.rent(stays, price, OCTOBER);
        state(billingFixture.rent(stays, price, OCTOBER), "SUSPENDED", null);
        var leaves = customer("Leaves", "ACTIVE", OCTOBER);
        var last = billingFixture.rent(leaves, price, OCTOBER);
        var gone = customer("Gone", "ACTIVE", OCTOBER);
        state(billingFixture.order(gone, price), "TERMINATED", OCTOBER);
        for (var hour = 1; hour <= 3; hour++) {
            billingFixture.clock.stopAt(ELEVEN.plusSeconds(3600L * hour));
            run(hour, ELEVEN.plusSeconds(3600L * hour));
        }
        billingFixture.clock.stopAt(NOVEMBER);
        state(last, "TERMINATED", NOVEMBER);
        billingFixture.order(customer("Comes", "ACTIVE", NOVEMBER), price);
        customer("Closed", "CLOSED", NOVEMBER);
        var access = new Access(billingFixture.sql);
        var tenants = new TenantDirectory(Database.administration());
        var daily = new DailyCharges(billingFixture.sql, billingFixture.clock, tenants);
        staff = new StaffDashboard(access, billingFixture.sql, billingFixture.clock, tenants, daily, new RunQuery());
        customerQuery = new CustomerQuery(billingFixture.sql, access, tenants);
        services = new ServiceList(billingFixture.sql, access, billingFixture.clock);
        revenueQuery = new RevenueQuery(billingFixture.sql, access, billingFixture.clock, tenants);
    }

    /** Charges as a run does, whose name the entries carry. */
    private static void run(int number, Instant until) {
        billingFixture.in(() -> {
            billingFixture.charging.prepare();
            return billingFixture.charging.chargeWallets(
                    new Charging.Range(new UUID(0, 0), new UUID(-1, -1), 100), until, "run:" + number + ":1:1");
        });
    }

    private static UUID customer(String name, String state, Instant since) {
        var wallet = billingFixture.wallet("50");
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into organization (id, name, billing_email, country, state, created_at)
                select organization_id, ?, 'billing@example.org', 'DE', ?, ? from wallet where id = ?
                """, name, state, since, wallet));
        return wallet;
    }

    private static void state(BillingFixture.Rented rented, String state, @Nullable Instant ended) {
        billingFixture.in(() -> billingFixture.sql.update(
                "update service set state = ?, ended_at = ? where id = ?", state, ended, rented.service()));
    }

    @Test
    void countsCustomersThatAreNotClosed() {
        assertThat(counts().customers()).isEqualTo(4).isEqualTo(customers(Map.of("state", "open")));
        assertThat(customers(Map.of())).isEqualTo(5);
        assertThat(customers(Map.of("state", "closed"))).isEqualTo(1);
        assertThat(customers(Map.of("state", "nonsense"))).isZero();
    }

    @Test
    void listsCustomersWhoJoinedThisMonth() {
        assertThat(counts().joined()).isEqualTo(1).isEqualTo(customers(Map.of("state", "open", "joined", "2026-11")));
        assertThat(customers(Map.of("joined", "2026-10"))).isEqualTo(3);
        assertThat(customers(Map.of("joined", "2026-13"))).isZero();
        assertThat(customers(Map.of("joined", "+999999-01"))).isZero();
    }

    @Test
    void listsCustomersWhoLeftThisMonth() {
        assertThat(counts().leaving()).isEqualTo(1).isEqualTo(customers(Map.of("leaving", "2026-11")));
        assertThat(customers(Map.of("leaving", "2026-10"))).isEqualTo(1);
        assertThat(customers(Map.of("leaving", "2026-09"))).isZero();
    }

    @Test
    void countsServicesThatAreCharged() {
        assertThat(counts().services()).isEqualTo(2).isEqualTo(services(Map.of("state", "charged")));
        assertThat(services(Map.of())).isEqualTo(3);
        for (var plan : staffDo(staff::view).plans()) {
            assertThat(services(Map.of("state", "charged", "plan", plan.planId().toString())))
                    .isEqualTo(plan.services())
                    .isPositive();
        }
        for (var region : staffDo(staff::view).regions()) {
            assertThat(services(Map.of("region", region.code())))
                    .isEqualTo(region.services())
                    .isPositive();
        }
    }

    @Test
    void revenueEqualsItsSumsByCustomerAndByDay() {
        var figure = staffDo(staff::view).daily().orElseThrow().thisMonth();

        assertThat(figure).isEqualTo(billingFixture.money("0.60"));
        assertThat(byCustomer(Map.of())).isEqualTo(figure);
        assertThat(byDay(Map.of())).isEqualTo(figure);
        assertThat(staffDo(() -> revenueQuery.find(wish(Map.of()))).rows())
                .extracting(RevenueQuery.CustomerRevenue::name)
                .containsExactly("Stays", "Leaves");
    }

    @Test
    void sumsRevenueByDay() {
        for (var day : staffDo(staff::view).daily().orElseThrow().amounts().entrySet()) {
            var only =
                    Map.of("from", day.getKey().toString(), "to", day.getKey().toString());
            assertThat(byCustomer(only)).isEqualTo(day.getValue());
            assertThat(byDay(only)).isEqualTo(day.getValue());
        }
        assertThat(byDay(Map.of("from", "2026-10-31", "to", "2026-10-31")).isPositive())
                .isTrue();
    }

    @Test
    void listsTheChargesOfARun() {
        var until = ELEVEN.plusSeconds(7200);
        var run = Map.of("hour", until.toString());

        assertThat(byCustomer(run)).isEqualTo(billingFixture.money("0.30"));
        assertThat(byDay(run)).isEqualTo(billingFixture.money("0.30"));
        assertThat(byDay(Map.of("hour", until.toString(), "to", "2026-11-01"))).isEqualTo(billingFixture.money("0.60"));
        assertThat(byCustomer(Map.of("hour", OCTOBER.toString()))).isEqualTo(billingFixture.money("0"));
    }

    @Test
    void usesThisMonthForAnInvalidDay() {
        var period = staffDo(() -> revenueQuery.period(wish(Map.of("from", "+99999-01-01", "to", "x", "hour", "y"))));

        assertThat(period)
                .isEqualTo(new RevenueQuery.Period(
                        LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 1), Optional.empty()));
    }

    @Test
    void searchesAndCountsRows() {
        assertThat(staffDo(() -> revenueQuery.find(new ListQuery("leav", Map.of(), "", false, 0, 10)))
                        .rows())
                .hasSize(1);
        assertThat(staffDo(() -> revenueQuery.find(wish(Map.of()).part(5, 10)))).satisfies(behind -> {
            assertThat(behind.rows()).isEmpty();
            assertThat(behind.total()).isEqualTo(2);
        });
    }

    @Test
    void findsCustomersByEmailAddressInAnyCase() {
        Database.asOwner(
                "update t_figures.organization set billing_email = 'ida@xn--mller-kva.example' where name = 'Stays'");
        for (var text : List.of("ida@müller.example", "@MÜLLER", "müller.ex", "\u00a0ida@xn--mller-kva.example")) {
            assertThat(staffDo(() -> customerQuery.find(new ListQuery(text, Map.of(), "", false, 0, 10)))
                            .total())
                    .as(text)
                    .isEqualTo(1);
        }
    }

    @Test
    void requiresPermissionToViewCustomers() {
        assertThatThrownBy(() -> as("staff_blind_figures", () -> revenueQuery.find(wish(Map.of()))))
                .isInstanceOf(AccessDeniedException.class);
    }

    private static StaffDashboard.Counts counts() {
        return staffDo(staff::view).counts().orElseThrow();
    }

    private static int customers(Map<String, String> filters) {
        return staffDo(() -> customerQuery.find(wish(filters))).total();
    }

    @Test
    void aServiceNotChargedThisMonthCostsNothingThisMonth() {
        var all = new ListQuery("", Map.of("state", "all"), "this-month", true, 0, 10);
        assertThat(staffDo(() -> services.find(Optional.empty(), all)).rows())
                .anySatisfy(row -> assertThat(row.thisMonth().isPositive()).isTrue());
        billingFixture.clock.stopAt(Instant.parse("2027-01-26T09:00:00Z"));
        try {
            assertThat(staffDo(() -> services.find(Optional.empty(), all)).rows())
                    .hasSize(5)
                    .allSatisfy(row -> assertThat(row.thisMonth()).isEqualTo(billingFixture.money("0")));
        } finally {
            billingFixture.clock.stopAt(NOVEMBER);
        }
    }

    private static int services(Map<String, String> filters) {
        return staffDo(() -> services.find(Optional.empty(), wish(filters))).total();
    }

    private static Money byCustomer(Map<String, String> filters) {
        return staffDo(() -> revenueQuery.rows(wish(filters))).stream()
                .map(RevenueQuery.CustomerRevenue::amount)
                .reduce(billingFixture.money("0"), Money::plus);
    }

    private static Money byDay(Map<String, String> filters) {
        return staffDo(() -> revenueQuery.days(wish(filters))).stream()
                .map(RevenueQuery.Day::amount)
                .reduce(billingFixture.money("0"), Money::plus);
    }

    private static ListQuery wish(Map<String, String> filters) {
        return new ListQuery("", filters, "", false, 0, 100);
    }

    private static <T> T staffDo(Supplier<T> work) {
        return as("staff_owner", work);
    }

    private static <T> T as(String role, Supplier<T> work) {
        Database.asOwner(
                "insert into t_figures.role (code, name, kind, permissions) values ('staff_blind_figures', 'Blind',"
                        + " 'STAFF', array['staff_accounting_view']) on conflict do nothing");
        var person = UUID.randomUUID();
        return Database.in(billingFixture.tenant, () -> {
            billingFixture.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, 'Staff', ?)",
                    person,
                    person + "@figures.example",
                    OCTOBER);
            billingFixture.sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, ?, 'STAFF', ?)",
                    person,
                    role,
                    OCTOBER);
            try (var actorScope = Actors.enter(new Actor(Actor.Kind.STAFF, person, "Staff"))) {
                return work.get();
            }
        });
    }
}
