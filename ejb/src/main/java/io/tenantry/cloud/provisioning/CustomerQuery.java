package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Wallets.BalanceStatus;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The reseller's customers as shown to staff: their wallets and their services. */
@Stateless
public class CustomerQuery {
    private static final int YEAR_LEAST = 1970;
    private static final int YEAR_MOST = 9998;

    private static final String STANDINGS = """
            select o.id, o.name, o.billing_email, o.country, o.state, o.created_at,
                   coalesce(w.balance, 0) balance, w.currency, coalesce(w.balance_status, 0)::int balance_status, b.services, b.burn, part.total
              from organization o
              left join wallet w on w.organization_id = o.id and w.closed_at is null
             cross join lateral (
               select (select count(*)::int from service s
                        where s.organization_id = o.id and s.state not in ('TERMINATED', 'FAILED')) services,
                      (select coalesce(sum(with_tax(p.hourly, p.tax_rate, p.tax_included)), 0)
                         from rated_period p
                        where p.wallet_id = w.id and p.open) burn) b
            """;

    private static final String FROM =
            " from organization o left join wallet w on w.organization_id = o.id and w.closed_at is null";

    /** Had services, and the last one ended within a period. */
    private static final String LEFT = """
            exists (select from service s
                     where s.organization_id = o.id and s.ended_at >= ? and s.ended_at < ?)
               and not exists (select from service s
                                where s.organization_id = o.id
                                  and (s.state not in ('TERMINATED', 'FAILED') or s.ended_at >= ?))""";

    private static final String MATCHES = """
            strpos(lower(o.name), ?) > 0
                or strpos(lower(o.billing_email), ?) > 0
                or strpos(lower(o.billing_email), ?) > 0
                or exists (select from membership m
                             join person p on p.id = m.person_id
                            where m.organization_id = o.id
                              and (strpos(p.email, ?) > 0 or strpos(p.email, ?) > 0))""";

    static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "name", "lower(o.name)",
                    "wallet", "w.balance_status",
                    "balance", SortOrder.ofMoney("w.currency", "w.balance"),
                    "pace", SortOrder.ofMoney("w.currency", "w.hourly_cost"),
                    "since", "o.created_at",
                    "runway", "case when w.hourly_cost > 0 then w.balance / w.hourly_cost end",
                    "services",
                            "(select count(*) from service s where s.organization_id = o.id"
                                    + " and s.state not in ('TERMINATED', 'FAILED'))"),
            "lower(o.name)",
            "o.id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public CustomerQuery() {}

    /** For use outside a container. */
    public CustomerQuery(Sql sql, Access access, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.tenants = tenants;
    }

    /**
     * The status of a customer.
     *
     * @param services number of services that have not ended
     * @param burnPerHour their total price per hour
     */
    public record CustomerStatus(
            UUID id,
            String name,
            String billingEmail,
            String country,
            String state,
            Instant createdAt,
            Money balance,
            BalanceStatus alert,
            int services,
            Money burnPerHour) {}

    /**
     * Returns a page of the customers, searched, filtered and sorted by staff. Filter {@code wallet}: {@code risk} for low, empty or over the
     * limit, or one of these; {@code runway}: the balance lasts fewer days than that; {@code state}: {@code open} for all but closed ones, or a
     * state; {@code joined}, {@code leaving}: became a customer, or had its last service end, in that month.
     */
    public ResultPage<CustomerStatus> find(ListQuery listQuery) {
        requireView();
        var counted = part(listQuery);
        if (!counted.isEmpty()) {
            return new ResultPage<>(
                    counted.stream().map(Counted::status).toList(),
                    counted.get(0).total());
        }
        return listQuery.first() == 0 ? ResultPage.nothing() : new ResultPage<>(List.of(), count(listQuery));
    }

    /** Returns the rows only, for callers that read page by page. */
    public List<CustomerStatus> rows(ListQuery listQuery) {
        requireView();
        return part(listQuery).stream().map(Counted::status).toList();
    }

    /** A customer, and the total number of customers. */
    private record Counted(CustomerStatus status, int total) {}

    private List<Counted> part(ListQuery listQuery) {
        var sqlConditions = conditions(listQuery);
        var home = tenants.current().currency();
        var part = "with part as materialized (select o.id, row_number() over (order by " + SORTING.of(listQuery)
                + ") as place, count(*) over ()::int as total" + FROM + sqlConditions.sql()
                + " order by place limit ? offset ?) ";
        return sql.query(
                part + STANDINGS + " join part on part.id = o.id order by part.place",
                row -> new Counted(status(row, home), row.whole("total")),
                sqlConditions.parameters(listQuery.limit(), listQuery.first()));
    }

    /** A page after the last row contains no row with the total. */
    private int count(ListQuery listQuery) {
        var sqlConditions = conditions(listQuery);
        return sql.one(
                "select count(*)::int n" + FROM + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
    }

    private SqlConditions conditions(ListQuery listQuery) {
        var sqlConditions = new SqlConditions()
                .and(
                        listQuery
                                .filter("runway")
                                .filter(days -> days.matches("\\d{1,3}"))
                                .map(Integer::valueOf),
                        "w.hourly_cost > 0 and w.balance < w.hourly_cost * 24 * ?");
        var search = listQuery.search().toLowerCase(Locale.ROOT);
        if (!search.isEmpty()) {
            var kept = EmailAddress.searched(search);
            sqlConditions.and(MATCHES, search, search, kept, search, kept);
        }
        listQuery.filter("state").ifPresent(state -> state(sqlConditions, state));
        listQuery
                .filter("joined")
                .ifPresent(text -> month(text)
                        .ifPresentOrElse(
                                month -> sqlConditions.and(
                                        "o.created_at >= ? and o.created_at < ?",
                                        start(month),
                                        start(month.plusMonths(1))),
                                () -> sqlConditions.and("false")));
        listQuery
                .filter("leaving")
                .ifPresent(text -> month(text)
                        .ifPresentOrElse(
                                month -> sqlConditions.and(
                                        LEFT, start(month), start(month.plusMonths(1)), start(month.plusMonths(1))),
                                () -> sqlConditions.and("false")));
        return listQuery
                .filter("wallet")
                .map(alert -> alert(sqlConditions, alert))
                .orElse(sqlConditions);
    }

    private static void state(SqlConditions sqlConditions, String state) {
        switch (state) {
            case "open" -> sqlConditions.and("o.state <> 'CLOSED'");
            case "active", "suspended", "closed" -> sqlConditions.and("o.state = ?", state.toUpperCase(Locale.ROOT));
            default -> sqlConditions.and("false");
        }
    }

    private static Optional<YearMonth> month(String text) {
        try {
            return Optional.of(YearMonth.parse(text))
                    .filter(month -> month.getYear() >= YEAR_LEAST && month.getYear() <= YEAR_MOST);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(tenants.current().zone()).toInstant();
    }

    private static SqlConditions alert(SqlConditions sqlConditions, String alert) {
        return switch (alert) {
            case "risk" -> sqlConditions.and("w.balance_status > 0");
            case "ok" -> sqlConditions.and("w.balance_status = 0");
            case "low" -> sqlConditions.and("w.balance_status = 1");
            case "zero" -> sqlConditions.and("w.balance_status = 2");
            case "over-limit" -> sqlConditions.and("w.balance_status = 3");
            default -> sqlConditions.and("false");
        };
    }

    private void requireView() {
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
        access.require(Permission.STAFF_BILLING_VIEW);
    }

    /** @param home the currency of an organization without a wallet */
    private static CustomerStatus status(Row row, Currency home) {
        var currency = row.maybeText("currency").map(Currency::getInstance).orElse(home);
        return new CustomerStatus(
                row.uuid("id"),
                row.text("name"),
                row.text("billing_email"),
                row.text("country"),
                row.text("state"),
                row.instant("created_at"),
                new Money(row.decimal("balance"), currency),
                BalanceStatus.of(row.whole("balance_status")),
                row.whole("services"),
                new Money(row.decimal("burn"), currency));
    }
}
