package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.dashboard.CustomerDashboard;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.DailyCharges;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.brand.announcement.Announcements;
import io.tenantry.cloud.provisioning.Services.Summary;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists and the dashboard on a real PostgreSQL with ten thousand services of one organization, and a few of another. */
class ListsTest {
    private static final Instant NOON = Instant.parse("2026-11-10T11:00:00Z");
    private static final int MANY = 10_000;
    private static final int FEW = 3;

    /** The limit of buffers for a page: its rows with their related rows, not the whole table. */
    private static final int BUFFERS_OF_A_PART = 2_500;

    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

    private static final AtomicInteger STATEMENTS = new AtomicInteger();
    private static BillingFixture billingFixture;
    private static UUID large;
    private static UUID small;
    private static Sql counted;
    private static ServiceList services;
    private static TenantDirectory tenants;

    @BeforeAll
    static void fill() {
        billingFixture = new BillingFixture("lists", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        counted = new Sql(counting(Database.runtime()));
        services = new ServiceList(counted, new Access(counted), billingFixture.clock);
        tenants = new TenantDirectory(Database.administration());
        large = organization("Nordwind", MANY);
        small = organization("Kiosk", FEW);
        for (var table : List.of("service", "rated_period", "posting", "journal_entry")) {
            Database.asOwner("analyze t_lists." + table);
        }
    }

    private static UUID organization(String name, int count) {
        var wallet = billingFixture.wallet("100000");
        var price = billingFixture.price("73.00");
        var id = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id id from wallet where id = ?", row -> row.uuid("id"), wallet));
        billingFixture.in(() -> {
            billingFixture.sql.update(
                    "insert into organization (id, name, billing_email, country, created_at) values (?, ?, ?, 'DE', ?)",
                    id,
                    name,
                    name.toLowerCase(java.util.Locale.ROOT) + "@example.org",
                    NOON);
            billingFixture.sql.update("""
                    insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider,
                                         address, state, ordered_at, activated_at, ended_at)
                    select gen_random_uuid(), ?, ?, 'VPS', 'web-' || n, v.plan_id, v.id, 'fra', 'sandbox', '198.18.0.1',
                           case when n % 10 = 0 then 'TERMINATED' else 'ACTIVE' end, ?, ?,
                           case when n % 10 = 0 then ?::timestamptz end
                      from generate_series(1, ?) n
                      join price_version v on v.id = ?
                    """, id, wallet, NOON, NOON, NOON, count, price);
            billingFixture.sql.update("""
                    insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                              month_ends_at, charged_until, hours, month_cap, cap, amount, open)
                    select s.id, s.wallet_id, s.price_version_id, 'EUR', 0.10, m.starts, m.ends,
                           m.starts + m.hours * interval '1 hour', m.hours, 73, 73, m.hours * 0.10, m.open
                      from service s
                     cross join (values
                       (timestamptz '2026-10-03 00:00+02', timestamptz '2026-11-01 00:00+01', 300, false),
                       (timestamptz '2026-11-01 00:00+01', timestamptz '2026-12-01 00:00+01', 200, true))
                       as m (starts, ends, hours, open)
                     where s.organization_id = ?
                    """, id);
            return true;
        });
        return id;
    }

    @Test
    void readsOnlyTheRequestedPartOfALongList() {
        var listQuery = new ListQuery("", Map.of(), "", false, 0, 25);

        assertThat(buffers(Optional.of(large), listQuery)).isLessThan(BUFFERS_OF_A_PART);
        assertThat(buffers(Optional.empty(), listQuery)).isLessThan(BUFFERS_OF_A_PART);
    }

    @Test
    void findsActiveServicesUnlessFilteredOtherwise() {
        assertThat(find(large, Map.of()).total()).isEqualTo(MANY * 9 / 10);
        assertThat(find(large, Map.of("state", "all")).total()).isEqualTo(MANY);
        assertThat(find(large, Map.of("state", "terminated")).total()).isEqualTo(MANY / 10);
        assertThat(find(large, Map.of("state", "'; drop table service; --")).total())
                .isZero();
        assertThat(find(large, Map.of("region", "fra")).total()).isEqualTo(MANY * 9 / 10);
        assertThat(find(large, Map.of("plan", UUID.randomUUID().toString())).total())
                .isZero();
    }

    @Test
    void sortsByKnownColumnsOnly() {
        var up = rows(new ListQuery("web-99", Map.of("state", "all"), "name", false, 0, 3));
        var down = rows(new ListQuery("web-99", Map.of("state", "all"), "name", true, 0, 3));
        var other = rows(new ListQuery("web-99", Map.of("state", "all"), "name; drop table service", true, 0, 3));

        assertThat(up).containsExactly("web-99", "web-990", "web-9900");
        assertThat(down).containsExactly("web-9999", "web-9998", "web-9997");
        assertThat(other).isEqualTo(up);
    }

    @Test
    void supportsSortingByEveryColumn() {
        for (var by : List.of("name", "state", "region", "since", "customer", "plan", "hourly", "this-month")) {
            assertThat(rows(new ListQuery("", Map.of(), by, true, 0, 2))).as(by).hasSize(2);
        }
    }

    @Test
    void returnsConsecutivePartsWithoutGapsOrDuplicates() {
        var all = new ArrayList<String>();
        var listQuery = new ListQuery("web-1", Map.of(), "hourly", true, 0, 100);
        var total = find(large, Map.of(), "web-1").total();
        for (var first = 0; first < total; first += 100) {
            all.addAll(rows(listQuery.part(first, 100)));
        }

        assertThat(all).hasSize(total).doesNotHaveDuplicates();
    }

    @Test
    void hidesServicesOfOtherOrganizations() {
        var theirs = find(small, Map.of("state", "all")).rows().get(0).id().toString();

        assertThat(find(large, Map.of("only", theirs)).rows()).isEmpty();
        assertThatThrownBy(() -> find(UUID.randomUUID(), Map.of())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void loadsADashboardOfTenThousandServicesWithNineQueries() {
        var dashboard = dashboard();
        STATEMENTS.set(0);
        var view = billingFixture.in(() -> dashboard.of(large));

        assertThat(STATEMENTS.get()).isLessThanOrEqualTo(9);
        assertThat(view.running()).isEqualTo(MANY * 9 / 10);
        assertThat(view.dearest()).hasSize(5).allSatisfy(cost -> {
            assertThat(cost.thisMonth()).isEqualTo(billingFixture.money("20"));
            // From 3 October, midnight, to 10 October, noon: 180 hours at ten cents each.
            assertThat(cost.before()).isEqualTo(billingFixture.money("18"));
        });
    }

    private static CustomerDashboard dashboard() {
        var access = new Access(counted);
        return new CustomerDashboard(
                access,
                counted,
                new Wallets(counted, billingFixture.clock, billingFixture.ledger),
                new WalletStatements(counted),
                new DailyCharges(counted, billingFixture.clock, tenants),
                services,
                new ServiceCosts(counted, billingFixture.clock, tenants),
                new Announcements(counted, billingFixture.clock, access, new AuditTrail()));
    }

    private static io.tenantry.kernel.query.ResultPage<Summary> find(UUID organization, Map<String, String> filters) {
        return find(organization, filters, "");
    }

    private static io.tenantry.kernel.query.ResultPage<Summary> find(
            UUID organization, Map<String, String> filters, String search) {
        return billingFixture.in(
                () -> services.find(Optional.of(organization), new ListQuery(search, filters, "", false, 0, 5)));
    }

    private static List<String> rows(ListQuery listQuery) {
        return billingFixture.in(() -> services.rows(Optional.of(large), listQuery)).stream()
                .map(Summary::name)
                .toList();
    }

    /** Returns the buffers the database touched for a page. */
    private static int buffers(Optional<UUID> organization, ListQuery listQuery) {
        var sqlConditions = ServiceList.conditions(organization, listQuery);
        var plan = String.join(
                "\n",
                billingFixture.in(() -> billingFixture.sql.query(
                        "explain (analyze, buffers) " + ServiceList.query(sqlConditions, listQuery),
                        row -> row.text("QUERY PLAN"),
                        ServiceList.parameters(NOON, sqlConditions, listQuery))));
        var found = BUFFERS.matcher(plan);
        assertThat(found.find()).as(plan).isTrue();
        return Integer.parseInt(found.group(1))
                + Optional.ofNullable(found.group(2)).map(Integer::valueOf).orElse(0);
    }

    /** Returns the same connections, counting the statements. */
    private static DataSource counting(DataSource source) {
        return (DataSource) Proxy.newProxyInstance(
                ListsTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    var connection = (Connection) method.invoke(source, arguments);
                    return Proxy.newProxyInstance(
                            ListsTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (own, call, given) -> {
                                if (call.getName().equals("prepareStatement")
                                        && !given[0].toString().contains("set_config")) {
                                    STATEMENTS.incrementAndGet();
                                }
                                try {
                                    return call.invoke(connection, given);
                                } catch (InvocationTargetException failure) {
                                    throw failure.getCause();
                                }
                            });
                });
    }
}
