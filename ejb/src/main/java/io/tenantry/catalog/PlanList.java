package io.tenantry.catalog;

import io.tenantry.catalog.Catalog.PlanView;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans as staff search, filter and sort them, at the price in force. */
@Stateless
public class PlanList {
    /** Filter: {@code all} or a state; without it, all except retired plans. */
    public static final String STATE = "state";

    /** Filter: the code of a group. */
    public static final String CATEGORY = "group";

    /** Filter: the code of a region in which they are sold. */
    public static final String REGION = "region";

    /** Filter: ids of plans, separated by commas. */
    public static final String ONLY = "only";

    private static final String FROM = """
             from plan p
             join category c on c.code = p.category
             left join lateral (select v.hourly, v.monthly from price_version v
                                 where v.plan_id = p.id and v.currency = ? and v.valid_from <= ?
                                 order by v.valid_from desc limit 1) v on true
            """;

    static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "name",
                    "lower(p.name)",
                    CATEGORY,
                    "c.position",
                    STATE,
                    "p.state",
                    "hourly",
                    "v.hourly",
                    "monthly",
                    "v.monthly",
                    "services",
                    "(select count(*) from service_v s where s.plan_id = p.id"
                            + " and s.state not in ('TERMINATED', 'FAILED'))"),
            "c.position, p.vcpus, p.memory_mib, p.code",
            "p.id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Clock clock;

    @Inject
    Currencies currencies;

    /** For the container. */
    public PlanList() {}

    /** For use outside a container. */
    public PlanList(Sql sql, Access access, Clock clock, Currencies currencies) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
        this.currencies = currencies;
    }

    /** Returns a page of plans. */
    public ResultPage<PlanView> find(ListQuery listQuery) {
        access.require(Permission.STAFF_PLANS_VIEW);
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n from plan p" + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(rows(sqlConditions, listQuery), total);
    }

    /** Returns the rows without the total, for reading page by page. */
    public List<PlanView> rows(ListQuery listQuery) {
        access.require(Permission.STAFF_PLANS_VIEW);
        return rows(conditions(listQuery), listQuery);
    }

    private List<PlanView> rows(SqlConditions sqlConditions, ListQuery listQuery) {
        var now = clock.instant();
        var home = currencies.home();
        var part = "with part as materialized (select p.id, row_number() over (order by " + SORTING.of(listQuery)
                + ") as place" + FROM + sqlConditions.sql() + " order by place limit ? offset ?) ";
        return sql.query(
                part + PlanRepository.PLANS + " join part on part.id = p.id order by part.place",
                PlanRepository::plan,
                with(home, now, sqlConditions.parameters(listQuery.limit(), listQuery.first(), home, now)));
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var search = Optional.of(listQuery.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty());
        var sqlConditions = new SqlConditions()
                .and(search, "strpos(lower(p.name), ?) > 0 or strpos(p.code, ?) > 0")
                .and(listQuery.filter(CATEGORY), "p.category = ?")
                .and(
                        listQuery.filter(REGION),
                        "exists (select from plan_region r where r.plan_id = p.id and r.region = ?)")
                .and(
                        listQuery
                                .filter(ONLY)
                                .map(ids -> Arrays.stream(ids.split(",", -1))
                                        .flatMap(one -> id(one).stream())
                                        .toArray(UUID[]::new)),
                        "p.id = any (?)");
        var state = listQuery.filter(STATE);
        if (state.isEmpty() && listQuery.filter(ONLY).isEmpty()) {
            return sqlConditions.and("p.state <> 'RETIRED'");
        }
        return sqlConditions.and(
                state.filter(name -> !name.equals("all"))
                        .map(name -> name.toUpperCase(Locale.ROOT).replace('-', '_')),
                "p.state = ?");
    }

    private static @Nullable Object[] with(Currency home, Instant now, @Nullable Object[] following) {
        return Stream.concat(Stream.of(home, now), Arrays.stream(following)).toArray();
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
