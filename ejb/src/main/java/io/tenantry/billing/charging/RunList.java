package io.tenantry.billing.charging;

import io.tenantry.billing.charging.RunQuery.RunSummary;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs as filtered and sorted by operators. Each tenant gets a run every hour, indefinitely: of many runs, the latest {@link #COUNTED_MAX} are
 * counted and sorted. Checks no permission: the caller does.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RunList {
    /** Filter: the tenant. */
    public static final String TENANT = "tenant";

    /** Filter: {@link #UNFINISHED}, or the state of a run: failed, running, open, done. */
    public static final String STATE = "state";

    /** All runs that are not done. */
    public static final String UNFINISHED = "unfinished";

    /** Filter: ids of runs, separated by commas. */
    public static final String ONLY = "only";

    /** Filter: the hour that a run charged up to, as an instant. */
    public static final String HOUR = "hour";

    /** Filter: number of hours back from now. */
    public static final String WITHIN = "within";

    /** Maximum number of runs that are counted. */
    public static final int COUNTED_MAX = 10_000;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static final String FAILED = "(r.state <> 'DONE' and (r.error is not null"
            + " or exists (select from charging_slice s where s.run_id = r.id and s.state = 'FAILED')))";

    /** Sorts runs that need attention first. */
    private static final String URGENCY =
            "case when " + FAILED + " then 0 when r.state = 'RUNNING' then 1 when r.state = 'OPEN' then 2 else 3 end";

    /**
     * Amounts of different currencies cannot be compared: sorts by currency, then amount. Of a run that charged in several currencies, the
     * tenant's own one counts.
     */
    private static final String AMOUNT = """
            (select (e.key, sum(e.value::numeric))
               from charging_slice s
              cross join lateral jsonb_each_text(s.amounts) e
              where s.run_id = r.id
              group by e.key
              order by e.key is distinct from o.currency, e.key
              limit 1)""";

    private static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "hour",
                    "r.until",
                    STATE,
                    URGENCY,
                    "services",
                    sum("services"),
                    "hours",
                    sum("hours"),
                    "amount",
                    AMOUNT,
                    "took",
                    "r.ended_at - (select min(s.started_at) from charging_slice s where s.run_id = r.id)"),
            "r.until desc, r.tenant",
            "r.id");

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public RunList() {}

    /** For use outside a container. */
    public RunList(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** Returns a page of the runs, by default the latest hour first. */
    public ResultPage<RunSummary> find(ListQuery listQuery) {
        return Tenancy.in(Scope.WORK, () -> {
            var sqlConditions = conditions(listQuery);
            var total = sql.one(
                    "select count(*)::int n from (select from charging_run r" + sqlConditions.sql() + " limit ?) r",
                    row -> row.whole("n"),
                    sqlConditions.parameters(COUNTED_MAX));
            return total == 0 ? ResultPage.nothing() : new ResultPage<>(part(sqlConditions, listQuery), total);
        });
    }

    /** Returns a page of rows without their total, for reading all of them page by page. */
    public List<RunSummary> rows(ListQuery listQuery) {
        return Tenancy.in(Scope.WORK, () -> part(conditions(listQuery), listQuery));
    }

    /** Whether a run with that ID exists. */
    public boolean contains(long runId) {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.first("select id from charging_run where id = ?", row -> row.big("id"), runId)
                        .isPresent());
    }

    private List<RunSummary> part(SqlConditions sqlConditions, ListQuery listQuery) {
        var known = "with known as materialized (select r.* from charging_run r" + sqlConditions.sql()
                + " order by r.until desc, r.tenant limit " + COUNTED_MAX + ")";
        var part = ", part as materialized (select r.*, row_number() over (order by " + SORTING.of(listQuery)
                + ") place from known r left join unnest(?::text[], ?::text[]) o (tenant, currency) on o.tenant = r.tenant"
                + " order by place limit ? offset ?) ";
        var all = listQuery.sort().equals("amount") ? tenants.all() : List.<Tenant>of();
        return sql.query(
                known + part + RunQuery.views("part") + " order by r.place",
                RunQuery::view,
                sqlConditions.parameters(
                        all.stream().map(tenant -> tenant.id().value()).toArray(String[]::new),
                        all.stream()
                                .map(tenant -> tenant.currency().getCurrencyCode())
                                .toArray(String[]::new),
                        listQuery.limit(),
                        listQuery.first()));
    }

    private SqlConditions conditions(ListQuery listQuery) {
        var sqlConditions = new SqlConditions()
                .and(listQuery.filter(TENANT), "r.tenant = ?")
                .and(
                        listQuery
                                .filter(ONLY)
                                .map(ids -> Arrays.stream(ids.split(",", -1))
                                        .filter(id -> id.matches("[0-9]{1,18}"))
                                        .toArray(String[]::new)),
                        "r.id = any (?::bigint[])")
                .and(
                        listQuery
                                .filter(WITHIN)
                                .filter(hours -> hours.matches("[0-9]{1,4}"))
                                .map(hours -> clock.instant().minus(Duration.ofHours(Long.parseLong(hours)))),
                        "r.until > ?");
        listQuery
                .filter(HOUR)
                .ifPresent(text -> instant(text)
                        .ifPresentOrElse(
                                hour -> sqlConditions.and("r.until = ?", hour), () -> sqlConditions.and("false")));
        return listQuery.filter(STATE).map(state -> state(sqlConditions, state)).orElse(sqlConditions);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(LATEST::isAfter).filter(EARLIEST::isBefore);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static SqlConditions state(SqlConditions sqlConditions, String state) {
        return switch (state) {
            case UNFINISHED -> sqlConditions.and("r.state <> 'DONE'");
            case "failed" -> sqlConditions.and(FAILED);
            case "running" -> sqlConditions.and("r.state = 'RUNNING' and not " + FAILED);
            case "open" -> sqlConditions.and("r.state = 'OPEN' and not " + FAILED);
            case "done" -> sqlConditions.and("r.state = 'DONE'");
            default -> sqlConditions.and("false");
        };
    }

    private static String sum(String column) {
        return "(select sum(s." + column + ") from charging_slice s where s.run_id = r.id)";
    }
}
