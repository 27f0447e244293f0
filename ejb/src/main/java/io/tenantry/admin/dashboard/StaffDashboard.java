package io.tenantry.admin.dashboard;

import io.tenantry.billing.bank.BankTransferInstructions;
import io.tenantry.billing.charging.RunQuery;
import io.tenantry.billing.wallet.DailyAmounts;
import io.tenantry.billing.wallet.DailyCharges;
import io.tenantry.brand.storefront.Storefront.MapPoint;
import io.tenantry.cloud.addon.ReviewQueue;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.CurrencyAmounts;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The staff's dashboard: revenue, new and leaving customers, items that need attention, and services by region and plan. */
@Stateless
public class StaffDashboard {
    private static final int PLANS = 5;
    private static final int RUNS = 4;

    /** Leaving: had services, and the last one ended this month. New: became a customer this month. */
    private static final String COUNTS =
            """
            select (select count(*)::int from organization where state <> 'CLOSED') customers,
                   (select count(*)::int from organization where created_at >= ? and state <> 'CLOSED') joined,
                   (select count(*)::int
                      from (select s.organization_id
                              from service s
                             where s.ended_at >= ?
                             group by s.organization_id) gone
                     where not exists (select from service s
                                        where s.organization_id = gone.organization_id
                                          and s.state not in ('TERMINATED', 'FAILED'))) leaving,
                   (select count(*)::int from service where state in ('ACTIVE', 'SUSPENDED')) services,
                   (select count(*)::int
                      from server_discrepancy
                     where state = 'OPEN'
                       and confirmed_at is not null
                       and kind <> 'UNMANAGED')
                   + (select count(*)::int
                        from addon_discrepancy
                       where state = 'OPEN'
                         and confirmed_at is not null) findings,
                   (${waiting}) decisions,
                   ${payable} payable
            """.replace("${waiting}", ReviewQueue.COUNT).replace("${payable}", BankTransferInstructions.IS_SAID);

    private static final String REGIONS = """
            select r.code, r.name, l.latitude, l.longitude, coalesce(s.services, 0) services
              from region r
              left join region_location l on l.region = r.code
              left join (select region, count(*)::int services
                           from service
                          where state not in ('TERMINATED', 'FAILED')
                          group by region) s on s.region = r.code
             order by coalesce(s.services, 0) desc, r.name
            """;

    private static final String PLANS_SOLD = """
            select p.id, p.name, sum(s.services)::int services,
                   array_agg(s.currency order by s.is_own desc, s.currency) currencies,
                   array_agg(s.monthly order by s.is_own desc, s.currency) amounts
              from (select s.plan_id, v.currency::text currency, v.currency = ? is_own, sum(s.services) services,
                           sum(s.services * v.monthly) monthly
                      from (select plan_id, price_version_id, count(*) services
                              from service
                             where state in ('ACTIVE', 'SUSPENDED')
                             group by plan_id, price_version_id) s
                      join price_version v on v.id = s.price_version_id
                     group by s.plan_id, v.currency) s
              join plan p on p.id = s.plan_id
             group by p.id, p.name
             order by max(s.monthly) filter (where s.is_own) desc nulls last, sum(s.services) desc, p.name
             limit ?
            """;

    @Inject
    Access access;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    @Inject
    DailyCharges daily;

    @Inject
    RunQuery runs;

    /** For the container. */
    public StaffDashboard() {}

    /** For use outside a container. */
    public StaffDashboard(
            Access access, Sql sql, Clock clock, TenantDirectory tenants, DailyCharges daily, RunQuery runs) {
        this.access = access;
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
        this.daily = daily;
        this.runs = runs;
    }

    /**
     * Totals; {@code joined} and {@code leaving} this month.
     *
     * @param discrepancies discrepancies between provider accounts and services, of servers and add-ons
     * @param decisions the number of pending decisions
     * @param payable whether customers are shown a bank account for payments
     */
    public record Counts(
            int customers, int joined, int leaving, int services, int discrepancies, int decisions, boolean payable) {}

    /**
     * The number of services running in a region.
     *
     * @param place its position on the map, if known
     */
    public record RegionShare(String code, String region, Optional<MapPoint> place, int services) {}

    /**
     * The number of services on a plan, and their monthly revenue.
     *
     * @param monthly an amount for each currency in which they are charged, the accounting currency first
     */
    public record PlanShare(UUID planId, String plan, int services, List<Money> monthly) {}

    /** The whole dashboard except the runs. What the current actor may not see is empty. */
    public record View(
            Optional<DailyAmounts> daily, Optional<Counts> counts, List<PlanShare> plans, List<RegionShare> regions) {}

    /** Returns the dashboard of the current reseller. */
    public View view() {
        var allowed = access.permissions();
        var things = allowed.contains(Permission.STAFF_SERVICES_VIEW);
        return new View(
                allowed.contains(Permission.STAFF_ACCOUNTING_VIEW) ? Optional.of(daily.ofAll()) : Optional.empty(),
                things && allowed.contains(Permission.STAFF_CUSTOMERS_VIEW) ? Optional.of(counts()) : Optional.empty(),
                things ? plans() : List.of(),
                things ? regions() : List.of());
    }

    /** Returns the reseller's latest charging runs. */
    public List<RunQuery.RunSummary> latestRuns() {
        access.require(Permission.STAFF_ACCOUNTING_VIEW);
        var tenant = Tenancy.scope().tenant().orElseThrow();
        return runs.list(new RunQuery.Filter(tenant, false, 0, RUNS));
    }

    private Counts counts() {
        var zone = tenants.current().zone();
        var month = clock.instant().atZone(zone).toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
        return sql.one(
                COUNTS,
                row -> new Counts(
                        row.whole("customers"),
                        row.whole("joined"),
                        row.whole("leaving"),
                        row.whole("services"),
                        row.whole("findings"),
                        row.whole("decisions"),
                        row.flag("payable")),
                month.toInstant(),
                month.toInstant());
    }

    private List<PlanShare> plans() {
        return sql.query(
                PLANS_SOLD,
                row -> new PlanShare(
                        row.uuid("id"),
                        row.text("name"),
                        row.whole("services"),
                        CurrencyAmounts.of(row, "currencies", "amounts")),
                tenants.current().currency(),
                PLANS);
    }

    private List<RegionShare> regions() {
        return sql.query(
                REGIONS,
                row -> new RegionShare(
                        row.text("code"),
                        row.text("name"),
                        row.maybeDecimal("latitude").map(latitude -> new MapPoint(latitude, row.decimal("longitude"))),
                        row.whole("services")));
    }
}
