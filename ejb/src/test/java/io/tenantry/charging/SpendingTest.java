package io.tenantry.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.dashboard.StaffDashboard;
import io.tenantry.identity.Access;
import io.tenantry.listing.Wish;
import io.tenantry.provisioning.Customers;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.DailyAmounts;
import io.tenantry.wallet.DailyBooks;
import io.tenantry.wallet.Wallets.Alert;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was charged by day, and which wallets are at risk, on a real PostgreSQL. 73.00 a month is 0.10 an hour. */
class SpendingTest {
    /** Half past ten in the evening in Berlin; the next hour starts half an hour before November. */
    private static final Instant LATE = Instant.parse("2026-10-31T21:30:00Z");

    private static final Instant ELEVEN = Instant.parse("2026-10-31T22:00:00Z");
    private static Books books;
    private static UUID organization;
    private static DailyBooks daily;
    private static Customers customers;
    private static StaffDashboard staff;

    @BeforeAll
    static void chargeOverMidnight() {
        books = new Books("spending", "EUR", "Europe/Berlin");
        books.clock.stopAt(LATE);
        var wallet = books.wallet("0.25");
        organization = books.in(() -> {
            var id = books.sql.one("select organization_id id from wallet where id = ?", row -> row.uuid("id"), wallet);
            return books.sql.one("""
                    insert into organization (id, name, billing_email, country, created_at)
                    values (?, 'Nordwind', 'billing@nordwind.example', 'DE', ?)
                    returning id
                    """, row -> row.uuid("id"), id, LATE);
        });
        books.rent(wallet, books.price("73.00"), LATE);
        for (var hour = 1; hour <= 3; hour++) {
            books.clock.stopAt(ELEVEN.plusSeconds(3600L * hour));
            books.charge(ELEVEN.plusSeconds(3600L * hour));
        }
        var access = new Access(books.sql);
        var tenants = new TenantDirectory(Database.administration());
        daily = new DailyBooks(books.sql, books.clock, tenants);
        customers = new Customers(books.sql, access, tenants);
        staff = new StaffDashboard(access, books.sql, books.clock, tenants, daily, new ChargingRuns());
    }

    @Test
    void whatIsChargedAtMidnightIsOfTheDayBefore() {
        var days = spent();

        assertThat(days.amounts())
                .containsEntry(LocalDate.of(2026, 10, 31), books.money("0.20"))
                .containsEntry(LocalDate.of(2026, 11, 1), books.money("0.20"));
    }

    @Test
    void comparesWithTheMonthBeforeUpToTheSameDay() {
        var days = spent();

        assertThat(days.thisMonth()).isEqualTo(books.money("0.20"));
        assertThat(days.monthBeforeToSameDay()).isEqualTo(books.money("0"));
    }

    @Test
    void showsEachDayOfTheMonthBesideTheOneBefore() {
        assertThat(spent().days()).hasSize(30);
        assertThat(spent().days().get(0).now()).isEqualTo(books.money("0.20"));
    }

    @Test
    void aMonthOfThirtyOneDaysHasNoCounterpartInAShorterOne() {
        var days = new DailyAmounts(LocalDate.of(2026, 3, 31), books.money("0").currency(), Map.of(), Map.of());

        assertThat(days.days()).hasSize(31);
        assertThat(days.days().get(30).then()).isEqualTo(books.money("0"));
    }

    @Test
    void listsCustomersWhoseWalletNeedsAttention() {
        var atRisk = staffDo(() ->
                        customers.find(new Wish("", Map.of("wallet", "risk", "runway", "7"), "runway", false, 0, 10)))
                .rows();

        assertThat(atRisk).singleElement().satisfies(standing -> {
            assertThat(standing.name()).isEqualTo("Nordwind");
            assertThat(standing.alert()).isEqualTo(Alert.OVER_LIMIT);
            assertThat(standing.balance()).isEqualTo(books.money("-0.15"));
            assertThat(standing.burnPerHour()).isEqualTo(books.money("0.10"));
        });
    }

    @Test
    void countsWhatRunsAndWhatSellsBest() {
        var view = staffDo(staff::look);

        assertThat(view.counts()).hasValue(new StaffDashboard.Counts(1, 0, 0, 1, 0, 0, false));
        assertThat(view.plans())
                .singleElement()
                .satisfies(share -> assertThat(share.monthly()).isEqualTo(books.money("73")));
        assertThat(view.regions())
                .singleElement()
                .satisfies(region -> assertThat(region.services()).isEqualTo(1));
        assertThat(view.daily().orElseThrow().thisMonth()).isEqualTo(books.money("0.20"));
    }

    @Test
    void knowsWhereOnTheMapServicesRun() {
        var region = staffDo(staff::look).regions().get(0);
        assertThat(region.place()).isEmpty();
        books.in(() -> books.sql.update(
                "insert into region_place (region, latitude, longitude) values (?, 50.11, 8.68)", region.code()));

        var placed = staffDo(staff::look).regions().get(0);

        assertThat(placed.services()).isEqualTo(region.services());
        assertThat(placed.place())
                .hasValueSatisfying(place -> assertThat(place.longitude()).isEqualByComparingTo("8.68"));
        books.in(() -> books.sql.update("delete from region_place where region = ?", region.code()));
    }

    @Test
    void findsACustomerByAPartOfItsName() {
        assertThat(staffDo(() -> customers.find(found("wind")).rows())).hasSize(1);
        assertThat(staffDo(() -> customers.find(found("nobody")).rows())).isEmpty();
    }

    @Test
    void knowsHowManyCustomersThereAreBehindTheLastOneToo() {
        var wish = found("wind");

        assertThat(staffDo(() -> customers.find(wish)).total()).isEqualTo(1);
        assertThat(staffDo(() -> customers.find(wish.part(5, 10)))).satisfies(behind -> {
            assertThat(behind.rows()).isEmpty();
            assertThat(behind.total()).isEqualTo(1);
        });
    }

    private static Wish found(String search) {
        return new Wish(search, Map.of(), "", false, 0, 10);
    }

    private static DailyAmounts spent() {
        return books.in(() -> daily.of(organization, books.money("0").currency()));
    }

    private static <T> T staffDo(Supplier<T> work) {
        var staff = UUID.randomUUID();
        return Database.in(books.tenant, () -> {
            books.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, 'Staff', ?)",
                    staff,
                    staff + "@aurora.example",
                    LATE);
            books.sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, 'staff_owner', 'STAFF', ?)",
                    staff,
                    LATE);
            try (var acting = Actors.enter(new Actor(Actor.Kind.STAFF, staff, "Staff"))) {
                return work.get();
            }
        });
    }
}
