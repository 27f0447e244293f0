package io.tenantry.billing.reports;

import io.tenantry.billing.charging.PriceSimulation;
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
import java.time.Clock;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Calculates the revenue of a month's hours at other prices, by the rule of charging, in one statement that writes nothing. */
@Stateless
public class PriceBacktest {
    /** Number of available months: the running one, and those before it. */
    public static final int MONTHS = 24;

    /** Maximum number of plans and add-ons with an individual price in one query. */
    public static final int PRICES_MAX = 10;

    /** Maximum number of customers on a page; a file contains all. */
    public static final int CUSTOMERS_SHOWN = 50;

    private static final BigDecimal PERCENT_LEAST = BigDecimal.valueOf(-100);
    private static final BigDecimal PERCENT_MOST = BigDecimal.valueOf(1000);
    private static final BigDecimal MONTHLY_MOST = BigDecimal.valueOf(100_000);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Wholesale costs stay unchanged; they are known for settled months. Only customers whose total would change are listed. */
    private static final String COMPARED = """
            , total as (
              select e.subject, w.organization_id, grouping(e.subject) as of_customer, grouping(w.organization_id) as of_plan,
                     count(distinct e.service_id)::int as services, sum(e.net_was) as was, sum(e.net_would) as would,
                     coalesce(sum(s.wholesale), 0) as wholesale
                from each_period e
                join wallet w on w.id = e.wallet_id
                left join settled_period_v s on s.rated_period_id = e.id
               group by grouping sets ((e.subject), (w.organization_id), ())
            ),
            customer as (
              select s.organization_id, s.services, s.was, s.would, s.wholesale
                from total s
               where s.of_customer = 1 and s.of_plan = 0
            )
            (select 'ALL' as what, '' as subject, '' as name, s.services, s.was, s.would, s.wholesale, c.more, c.less, c.same
               from total s
              cross join (select (count(*) filter (where would > was))::int as more,
                                 (count(*) filter (where would < was))::int as less,
                                 (count(*) filter (where would = was))::int as same
                            from customer) c
              where s.of_customer = 1 and s.of_plan = 1)
            union all
            (select 'PLAN', s.subject, coalesce(n.name, ''), s.services, s.was, s.would, s.wholesale, 0, 0, 0
               from total s
               left join plan n on n.id::text = s.subject
              where s.of_customer = 0
              order by s.was desc, s.subject)
            union all
            (select 'CUSTOMER', c.organization_id::text, coalesce(o.name, ''), c.services, c.was, c.would, c.wholesale, 0, 0, 0
               from customer c
               left join organization o on o.id = c.organization_id
              where c.would <> c.was
              order by abs(c.would - c.was) desc, c.organization_id
              limit ?)
            """;

    /** Finds the excluded hours: those charged in a currency other than the accounting currency, by customer. */
    private static final String LEFT_OUT = """
            with customer as (
            select w.organization_id, coalesce(o.name, '') as name, p.currency, count(distinct p.service_id)::int as services,
                   sum(p.amount - case when p.tax_included then tax_part(p.amount, p.tax_rate, true) else 0 end) as was
              from rated_period p
              join wallet w on w.id = p.wallet_id
              left join organization o on o.id = w.organization_id
             where p.month_ends_at >= month_bound(?) and p.month_ends_at < month_bound(?) and p.currency <> ?
             group by w.organization_id, o.name, p.currency
            )
            select c.*, (select count(*)::int from customer) as lines, (select count(distinct organization_id)::int from customer) as customers
              from customer c
             order by c.currency, c.name, c.organization_id
             limit ?
            """;

    private static final String CHARGED = """
            select distinct coalesce(v.plan_id::text, f.kind) as subject, coalesce(n.name, '') as name, n.name is null as is_option
              from (select distinct p.price_version_id
                      from rated_period p
                     where p.month_ends_at >= month_bound(?) and p.month_ends_at < month_bound(?) and p.currency = ?) p
              join price_version v on v.id = p.price_version_id
              left join plan n on n.id = v.plan_id
              left join addon_price_v f on f.id = v.addon_price_id
             order by is_option, name, subject
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
    public PriceBacktest() {}

    /** For use outside a container. */
    PriceBacktest(Sql sql, Access access, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * A hypothetical price change.
     *
     * @param percent the change of all prices except those listed; negative for a reduction
     * @param monthly alternative monthly prices: by the plan's id, or by the kind of add-on that a unit is of
     */
    public record HypotheticalChange(YearMonth month, BigDecimal percent, Map<String, BigDecimal> monthly) {
        public HypotheticalChange {
            if (!isPercent(percent) || !monthly.values().stream().allMatch(HypotheticalChange::isMonthly)) {
                throw new IllegalArgumentException("no prices: " + percent + " " + monthly);
            }
            monthly = Map.copyOf(monthly);
        }

        /** Whether a percentage is valid: reduces prices to zero at most, is not unreasonably large, and has at most two decimals. */
        public static boolean isPercent(BigDecimal percent) {
            return percent.compareTo(PERCENT_LEAST) >= 0
                    && percent.compareTo(PERCENT_MOST) <= 0
                    && percent.stripTrailingZeros().scale() <= 2;
        }

        /** Whether a price is valid, with at most the stored number of decimals. */
        public static boolean isMonthly(BigDecimal amount) {
            return amount.signum() >= 0
                    && amount.compareTo(MONTHLY_MOST) <= 0
                    && amount.stripTrailingZeros().scale() <= Money.SCALE;
        }
    }

    /** A plan or a kind of add-on that was charged in a month; an add-on has no name. */
    public record Subject(String id, String name) {}

    /**
     * A plan, a kind of add-on, a customer, or the total: revenue without tax.
     *
     * @param id of a plan or organization, or a kind of add-on
     * @param name of a plan or organization
     * @param wholesale for the same hours; empty until the month is settled
     */
    public record Line(String id, String name, int services, Money was, Money would, Optional<Money> wholesale) {
        /** The difference in revenue. */
        public Money change() {
            return would.minus(was);
        }
    }

    /**
     * A customer excluded from the answer, because its hours were charged in a currency other than the accounting currency.
     *
     * @param organizationId the customer
     * @param was the amount charged, without tax
     */
    public record ExcludedCustomer(UUID organizationId, String name, int services, Money was) {}

    /**
     * All customers excluded from the answer.
     *
     * @param customers their number
     * @param lines the number of their lines, one for each currency
     * @param first the requested number of lines, by currency and name
     */
    public record ExcludedCustomers(int customers, int lines, List<ExcludedCustomer> first) {
        public ExcludedCustomers {
            first = List.copyOf(first);
        }
    }

    /**
     * Result of the hypothetical change.
     *
     * @param plans the greatest revenue first
     * @param customers those whose total would change, the greatest change first
     * @param leftOut customers not included in any figure
     */
    public record BacktestResult(
            Line all,
            List<Line> plans,
            List<Line> customers,
            int payMore,
            int payLess,
            int paySame,
            ExcludedCustomers leftOut) {}

    private record BacktestRow(String what, Line line, int more, int less, int same) {}

    /** Returns the available months, latest first; none before the reseller started. */
    public List<YearMonth> months() {
        var tenant = tenants.current();
        var now = YearMonth.from(clock.instant().atZone(tenant.zone()));
        var began = YearMonth.from(tenant.createdAt().atZone(tenant.zone()));
        return IntStream.range(0, MONTHS)
                .mapToObj(now::minusMonths)
                .filter(month -> month.equals(now) || !month.isBefore(began))
                .toList();
    }

    /** Returns what was charged in a month, plans first. */
    public List<Subject> subjects(YearMonth month) {
        requireView();
        var tenant = tenants.current();
        return sql.query(
                CHARGED,
                row -> new Subject(row.text("subject"), row.text("name")),
                RevenueReports.end(month.minusMonths(1), tenant),
                RevenueReports.end(month, tenant),
                tenant.currency());
    }

    /**
     * Returns the hypothetical revenue of the hours charged in a month; empty if there are none.
     *
     * @param customers maximum number of customers listed, and of excluded ones
     */
    public Optional<BacktestResult> ask(HypotheticalChange hypotheticalChange, int customers) {
        requireView();
        var tenant = tenants.current();
        var isSettled = !sql.query(
                        "select 1 as one from wholesale_month_v where month = ?",
                        row -> row.whole("one"),
                        hypotheticalChange.month().atDay(1))
                .isEmpty();
        var found = PriceSimulation.query(
                sql, terms(hypotheticalChange, tenant), COMPARED, row -> found(row, tenant, isSettled), customers);
        return found.stream()
                .filter(one -> one.what().equals("ALL") && one.line().services() > 0)
                .findFirst()
                .map(all -> new BacktestResult(
                        all.line(),
                        of(found, "PLAN"),
                        of(found, "CUSTOMER"),
                        all.more(),
                        all.less(),
                        all.same(),
                        leftOut(hypotheticalChange.month(), customers)));
    }

    private record CountedExclusion(ExcludedCustomer line, int customers, int lines) {}

    /**
     * Returns the customers whose hours of a month were charged in a currency other than the accounting currency, so that no answer includes
     * them.
     *
     * @param most maximum number of customers listed
     */
    public ExcludedCustomers leftOut(YearMonth month, int most) {
        requireView();
        var tenant = tenants.current();
        var found = sql.query(
                LEFT_OUT,
                row -> new CountedExclusion(
                        new ExcludedCustomer(
                                row.uuid("organization_id"),
                                row.text("name"),
                                row.whole("services"),
                                new Money(row.decimal("was"), Currency.getInstance(row.text("currency")))),
                        row.whole("customers"),
                        row.whole("lines")),
                RevenueReports.end(month.minusMonths(1), tenant),
                RevenueReports.end(month, tenant),
                tenant.currency(),
                most);
        return found.isEmpty()
                ? new ExcludedCustomers(0, 0, List.of())
                : new ExcludedCustomers(
                        found.get(0).customers(),
                        found.get(0).lines(),
                        found.stream().map(CountedExclusion::line).toList());
    }

    static PriceSimulation.Terms terms(HypotheticalChange hypotheticalChange, Tenant tenant) {
        return new PriceSimulation.Terms(
                RevenueReports.end(hypotheticalChange.month().minusMonths(1), tenant),
                RevenueReports.end(hypotheticalChange.month(), tenant),
                tenant.currency().getCurrencyCode(),
                HUNDRED.add(hypotheticalChange.percent()).divide(HUNDRED),
                Math.max(0, tenant.currency().getDefaultFractionDigits()),
                hypotheticalChange.monthly());
    }

    private static List<Line> of(List<BacktestRow> found, String what) {
        return found.stream()
                .filter(one -> one.what().equals(what))
                .map(BacktestRow::line)
                .toList();
    }

    private static BacktestRow found(Row row, Tenant tenant, boolean isSettled) {
        var line = new Line(
                row.text("subject"),
                row.text("name"),
                row.whole("services"),
                money(row, "was", tenant),
                money(row, "would", tenant),
                isSettled ? Optional.of(money(row, "wholesale", tenant)) : Optional.empty());
        return new BacktestRow(row.text("what"), line, row.whole("more"), row.whole("less"), row.whole("same"));
    }

    private static Money money(Row row, String column, Tenant tenant) {
        return new Money(row.maybeDecimal(column).orElse(BigDecimal.ZERO), tenant.currency());
    }

    private void requireView() {
        access.require(Permission.STAFF_BILLING_VIEW);
        access.require(Permission.STAFF_ACCOUNTING_VIEW);
    }
}
