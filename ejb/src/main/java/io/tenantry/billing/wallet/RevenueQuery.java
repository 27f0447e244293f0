package io.tenantry.billing.wallet;

import io.tenantry.catalog.Currencies;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The reseller's revenue by customer and by day. Both use the same ledger entries as {@link DailyCharges}, so each adds up to the dashboard's
 * figure for the same days.
 */
@Stateless
public class RevenueQuery {
    /** Filter: the first day. */
    public static final String FROM = "from";

    /** Filter: the last day. */
    public static final String TO = "to";

    /** Filter: the instant up to which a run charged; only the charges of that run are returned. Days take precedence, if given. */
    public static final String HOUR = "hour";

    /** Filter: a currency code; by default the accounting currency. */
    public static final String CURRENCY = "currency";

    private static final int YEAR_LEAST = 1970;
    private static final int YEAR_MOST = 9998;

    private static final String EARNED = """
              from ledger_account a
              join posting r on r.account_id = a.id
              join journal_entry e on e.id = r.entry_id
              ${more}
             where a.kind = 'REVENUE'
               and a.currency = ?
               and ${earned}
               and e.effective_at > ?
               and e.effective_at <= ?
               and (not ? or e.source like 'run:%')
             group by 1
            """.replace("${earned}", DailyCharges.EARNED);

    /** The wallets of an entry that moves revenue determine the customer: they are debited with what is credited to revenue. */
    private static final String BY_CUSTOMER = """
            select c.organization_id, coalesce(o.name, '') as name, c.amount, count(*) over ()::int as total
              from (select w.organization_id, -sum(p.amount) as amount ${earned}) c
              left join organization o on o.id = c.organization_id
             where strpos(lower(coalesce(o.name, '')), ?) > 0
             order by ${order}
             limit ? offset ?
            """.replace(
                    "${earned}",
                    EARNED.replace(
                            "${more}",
                            "join posting p on p.entry_id = e.id and p.currency = a.currency"
                                    + " join wallet w on w.id = p.account_id"));

    private static final String BY_DAY = """
            select ((e.effective_at - interval '1 microsecond') at time zone ?)::date as day, sum(r.amount) as amount
            """ + EARNED.replace("${more}", "") + " order by 1";

    private static final SortOrder SORTING = new SortOrder(
            Map.of("customer", "lower(coalesce(o.name, ''))", "amount", "c.amount"),
            "c.amount desc",
            "c.organization_id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    @Inject
    Currencies currencies;

    /** For the container. */
    public RevenueQuery() {}

    /** For use outside a container. */
    public RevenueQuery(Sql sql, Access access, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
        this.tenants = tenants;
        this.currencies = new Currencies(sql, tenants);
    }

    /**
     * Revenue from a customer.
     *
     * @param amount including tax: what its wallets paid; an entry states the tax of all its wallets together
     */
    public record CustomerRevenue(UUID organizationId, String name, Money amount) {}

    /**
     * Revenue on a day.
     *
     * @param amount excluding tax
     */
    public record Day(LocalDate date, Money amount) {}

    /**
     * The requested period.
     *
     * @param from the first day
     * @param to the last day
     * @param hour instead of days: the run that charged up to then
     */
    public record Period(LocalDate from, LocalDate to, Optional<Instant> hour) {}

    /** Returns the currency of a query: one that some organization pays in. */
    public Currency currency(ListQuery listQuery) {
        return listQuery
                .filter(CURRENCY)
                .flatMap(code -> currencies.all().stream()
                        .filter(one -> one.getCurrencyCode().equals(code))
                        .findFirst())
                .orElseGet(currencies::home);
    }

    /** Returns the period of a query; by default the days of this month up to today. */
    public Period period(ListQuery listQuery) {
        var today = LocalDate.ofInstant(clock.instant(), tenants.current().zone());
        var first = listQuery.filter(FROM).flatMap(RevenueQuery::day);
        var last = listQuery.filter(TO).flatMap(RevenueQuery::day);
        var to = last.orElse(today);
        return new Period(
                first.orElse(to.withDayOfMonth(1)),
                to,
                listQuery
                        .filter(HOUR)
                        .filter(any -> first.isEmpty() && last.isEmpty())
                        .flatMap(RevenueQuery::instant));
    }

    /** Returns customers with revenue, by default the greatest amount first. */
    public ResultPage<CustomerRevenue> find(ListQuery listQuery) {
        var found = counted(listQuery);
        if (found.isEmpty() && listQuery.first() > 0) {
            return new ResultPage<>(
                    List.of(),
                    counted(listQuery.part(0, 1)).stream()
                            .mapToInt(CountedCustomer::total)
                            .findFirst()
                            .orElse(0));
        }
        return new ResultPage<>(
                found.stream().map(CountedCustomer::customerRevenue).toList(),
                found.isEmpty() ? 0 : found.get(0).total());
    }

    /** Returns a page of rows without their total, for reading all of them page by page. */
    public List<CustomerRevenue> rows(ListQuery listQuery) {
        return counted(listQuery).stream().map(CountedCustomer::customerRevenue).toList();
    }

    /** Returns the days with revenue, earliest first. */
    public List<Day> days(ListQuery listQuery) {
        requireView();
        var currency = currency(listQuery);
        var period = period(listQuery);
        var statementPeriod = span(period);
        return sql.query(
                BY_DAY,
                row -> new Day(row.date("day"), new Money(row.decimal("amount"), currency)),
                tenants.current().zone().getId(),
                currency,
                statementPeriod.after(),
                statementPeriod.until(),
                period.hour().isPresent());
    }

    /** A customer, and the total number of customers. */
    private record CountedCustomer(CustomerRevenue customerRevenue, int total) {}

    private List<CountedCustomer> counted(ListQuery listQuery) {
        requireView();
        var currency = currency(listQuery);
        var period = period(listQuery);
        var statementPeriod = span(period);
        return sql.query(
                BY_CUSTOMER.replace("${order}", SORTING.of(listQuery)),
                row -> new CountedCustomer(
                        new CustomerRevenue(
                                row.uuid("organization_id"),
                                row.text("name"),
                                new Money(row.decimal("amount"), currency)),
                        row.whole("total")),
                currency,
                statementPeriod.after(),
                statementPeriod.until(),
                period.hour().isPresent(),
                listQuery.search().toLowerCase(Locale.ROOT),
                listQuery.limit(),
                listQuery.first());
    }

    private WalletStatements.StatementPeriod span(Period period) {
        var zone = tenants.current().zone();
        return period.hour()
                .map(hour -> new WalletStatements.StatementPeriod(hour.minusNanos(1000), hour))
                .orElseGet(() -> new WalletStatements.StatementPeriod(
                        period.from().atStartOfDay(zone).toInstant(),
                        period.to().plusDays(1).atStartOfDay(zone).toInstant()));
    }

    private void requireView() {
        access.require(Permission.STAFF_ACCOUNTING_VIEW);
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> isKnown(day.getYear()));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text))
                    .filter(at -> isKnown(at.atZone(ZoneOffset.UTC).getYear()));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(int year) {
        return year >= YEAR_LEAST && year <= YEAR_MOST;
    }
}
