package io.tenantry.billing.reports;

import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The reseller's revenue, without tax and in one currency at a time: by month, its recurring part, and the margin after wholesale costs. Each
 * report is one statement.
 */
@Stateless
public class RevenueReports {
    /** Number of months: this month and those before it. */
    public static final int MONTHS = 12;

    /**
     * Hours belong to the month in which they started, as in charging; other items belong to the month in which they were booked. Together they
     * equal the amounts in the ledger.
     */
    private static final String REVENUE = """
            select date_trunc('month', (p.month_ends_at - interval '12 hours') at time zone z.zone)::date as month,
                   coalesce(s.kind, o.kind, 'CORRECTION') as kind,
                   sum(p.amount - case when p.tax_included then t.tax else 0 end) as net,
                   sum(t.tax) as tax
              from (select ?::text as zone, ?::timestamptz as after, ?::timestamptz as until, ?::text as currency) z
              join rated_period p on p.month_ends_at >= month_bound(z.after) and p.month_ends_at < month_bound(z.until) and p.currency = z.currency
             cross join lateral (select tax_part(p.amount, p.tax_rate, p.tax_included) as tax) t
              left join service_v s on s.id = p.service_id
              left join addon_v o on o.id = p.service_id
             where p.amount <> 0
             group by 1, 2
            union all
            select date_trunc('month', (e.effective_at - interval '1 microsecond') at time zone z.zone)::date,
                   case split_part(e.source, ':', 1)
                        when 'transfer' then 'TRANSFER' when 'transfer-pack' then 'PACK' else 'CORRECTION' end,
                   coalesce(sum(r.amount) filter (where a.kind = 'REVENUE'), 0),
                   coalesce(sum(r.amount) filter (where a.kind = 'TAX'), 0)
              from (select ?::text as zone, ?::timestamptz as after, ?::timestamptz as until, ?::text as currency) z
              join journal_entry e on e.effective_at > z.after and e.effective_at <= z.until
              join posting r on r.entry_id = e.id
              join ledger_account a on a.id = r.account_id and a.kind in ('REVENUE', 'TAX') and a.currency = z.currency
             where e.kind <> 'CHARGE'
               and e.source <> 'manual'
               and exists (select from posting x
                             join ledger_account b on b.id = x.account_id and b.kind = 'REVENUE'
                            where x.entry_id = e.id)
             group by 1, 2
             order by 1, 2
            """;

    /**
     * At the end of a month, services count as running that were charged up to it and had not ended by then, at the price of their last rated
     * period of that month; now, services with an open period.
     */
    private static final String RECURRING = """
            with moment as (
              select k, at, k = ? as is_now from unnest(?::timestamptz[]) with ordinality m (at, k)
            ),
            last_period as (
              select distinct on (m.k, p.service_id)
                     m.k, m.at, p.service_id, p.wallet_id, p.price_version_id, p.tax_rate, p.tax_included
                from moment m
                join rated_period p on p.month_ends_at > m.at - interval '12 hours' and p.month_ends_at < month_bound(m.at)
                                    and p.charged_until >= p.month_ends_at
               where not m.is_now and p.currency = ?
               order by m.k, p.service_id, p.id desc
            ),
            period as (
              select * from last_period
              union all
              select m.k, m.at, p.service_id, p.wallet_id, p.price_version_id, p.tax_rate, p.tax_included
                from moment m
                join rated_period p on p.open
               where m.is_now and p.currency = ?
            ),
            by_customer as (
              select p.k, w.organization_id, count(s.id)::int as services,
                     sum(v.monthly - case when p.tax_included then tax_part(v.monthly, p.tax_rate, true) else 0 end) as monthly
                from period p
                join wallet w on w.id = p.wallet_id
                join price_version v on v.id = p.price_version_id
                left join service_v s on s.id = p.service_id
                left join addon_v o on o.id = p.service_id
               where coalesce(s.ended_at, o.ended_at) is null or coalesce(s.ended_at, o.ended_at) > p.at
               group by 1, 2
            ),
            renting as (
              select k, organization_id from by_customer where services > 0
            ),
            moved as (
              select coalesce(b.k, a.k + 1) as k,
                     (count(*) filter (where a.k is null))::int as came,
                     (count(*) filter (where b.k is null))::int as gone
                from renting a
                full join renting b on b.organization_id = a.organization_id and b.k = a.k + 1
               group by 1
            )
            select m.at, m.is_now, coalesce(c.monthly, 0) as monthly, coalesce(c.services, 0) as services,
                   coalesce(c.customers, 0) as customers, coalesce(x.came, 0) as came, coalesce(x.gone, 0) as gone
              from moment m
              left join (select k, sum(monthly) as monthly, sum(services)::int as services,
                                (count(*) filter (where services > 0))::int as customers
                           from by_customer
                          group by 1) c on c.k = m.k
              left join moved x on x.k = m.k
             where m.k > 1
             order by m.k
            """;

    private static final String MARGIN = """
            select coalesce(n.name, '') as plan, coalesce(s.kind, o.kind, '') as kind, x.provider,
                   count(distinct p.service_id)::int as services, sum(x.revenue) as revenue, sum(x.wholesale) as wholesale
              from settled_period_v x
              join rated_period p on p.id = x.rated_period_id
              join price_version v on v.id = p.price_version_id
              left join plan n on n.id = v.plan_id
              left join service_v s on s.id = p.service_id
              left join addon_v o on o.id = p.service_id
             where x.month = ?
             group by 1, 2, 3
            union all
            select '', case when i.kind in ('TRANSFER', 'PACK') then i.kind else 'CORRECTION' end, '', 0, sum(x.revenue), 0
              from settled_item_v x
              join invoice_item i on i.id = x.item_id
             where x.month = ?
             group by 2
             order by plan, kind, provider
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public RevenueReports() {}

    /** For use outside a container. */
    RevenueReports(Sql sql, Access access, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * Revenue of a kind of product in a month.
     *
     * @param kind a kind of service or add-on, TRANSFER, PACK, or CORRECTION for later credits and debits
     */
    public record ProductRevenue(YearMonth month, String kind, Money net, Money tax) {}

    /**
     * Recurring revenue.
     *
     * @param month the month at whose end it was determined, or the running one
     * @param isOver whether the month is over; otherwise it is as of now
     * @param monthly the monthly price without tax of everything that was running
     * @param customers customers with a running service at that time
     * @param came those of them that had none at the start of the month
     * @param gone customers that had one at the start of the month and none at its end
     */
    public record Recurring(
            YearMonth month, boolean isOver, Money monthly, int services, int customers, int came, int gone) {
        private static final int MONTHS_OF_YEAR = 12;
        private static final int DECIMALS = 4;

        /** The recurring revenue per year. */
        public Money yearly() {
            return monthly.times(MONTHS_OF_YEAR);
        }

        /** The share of the customers at the start of the month that left; empty if there were none. */
        public Optional<BigDecimal> churn() {
            var before = customers - came + gone;
            return before == 0
                    ? Optional.empty()
                    : Optional.of(BigDecimal.valueOf(gone)
                            .divide(BigDecimal.valueOf(before), DECIMALS, RoundingMode.HALF_UP));
        }
    }

    /**
     * Margin of a plan, or of other items, in a settled month.
     *
     * @param plan empty for items without a plan, which are described by their kind
     * @param provider empty for items without one
     */
    public record Margin(String plan, String kind, String provider, int services, Money revenue, Money wholesale) {
        public Money margin() {
            return revenue.minus(wholesale);
        }
    }

    /** Returns the months covered by revenue reports, earliest first. */
    public List<YearMonth> months() {
        var last = YearMonth.from(clock.instant().atZone(tenants.current().zone()));
        return IntStream.range(0, MONTHS)
                .mapToObj(month -> last.minusMonths(MONTHS - 1L - month))
                .toList();
    }

    /** Returns revenue of the last months by kind of product, earliest first, for sales in that currency. */
    public List<ProductRevenue> revenue(Currency currency) {
        requireView();
        var tenant = tenants.current();
        var months = months();
        var after = end(months.get(0).minusMonths(1), tenant);
        var until = end(months.get(MONTHS - 1), tenant);
        return sql.query(
                REVENUE,
                row -> new ProductRevenue(
                        YearMonth.from(row.date("month")),
                        row.text("kind"),
                        money(row, "net", currency),
                        money(row, "tax", currency)),
                tenant.zone().getId(),
                after,
                until,
                currency,
                tenant.zone().getId(),
                after,
                until,
                currency);
    }

    /** Returns recurring revenue at the end of each of the last months and now, earliest first, for sales in that currency. */
    public List<Recurring> recurring(Currency currency) {
        requireView();
        var tenant = tenants.current();
        var now = clock.instant();
        var months = months();
        var moments = Stream.concat(
                        Stream.concat(
                                        Stream.of(months.get(0).minusMonths(1)),
                                        months.stream().limit(MONTHS - 1L))
                                .map(month -> end(month, tenant)),
                        Stream.of(now))
                .map(Instant::toString)
                .toArray(String[]::new);
        return sql.query(
                RECURRING,
                row -> new Recurring(
                        YearMonth.from(row.instant("at").minusNanos(1000).atZone(tenant.zone())),
                        !row.flag("is_now"),
                        money(row, "monthly", currency),
                        row.whole("services"),
                        row.whole("customers"),
                        row.whole("came"),
                        row.whole("gone")),
                moments.length,
                moments,
                currency,
                currency);
    }

    /** Returns the months that are settled with the platform, latest first. */
    public List<YearMonth> settledMonths() {
        requireView();
        return sql.query(
                "select month from wholesale_month_v order by month desc limit 60",
                row -> YearMonth.from(row.date("month")));
    }

    /**
     * Returns the margins of plans and other items in a settled month, in the accounting currency, down to the platform's fees, which belong to
     * no plan.
     */
    public List<Margin> margins(YearMonth month) {
        requireView();
        var home = tenants.current().currency();
        return sql.query(
                MARGIN,
                row -> new Margin(
                        row.text("plan"),
                        row.text("kind"),
                        row.text("provider"),
                        row.whole("services"),
                        money(row, "revenue", home),
                        money(row, "wholesale", home)),
                month.atDay(1),
                month.atDay(1));
    }

    static Instant end(YearMonth month, Tenant tenant) {
        return month.plusMonths(1).atDay(1).atStartOfDay(tenant.zone()).toInstant();
    }

    private static Money money(Row row, String column, Currency currency) {
        return new Money(row.decimal(column), currency);
    }

    private void requireView() {
        access.require(Permission.STAFF_BILLING_VIEW);
        access.require(Permission.STAFF_ACCOUNTING_VIEW);
    }
}
