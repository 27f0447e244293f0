package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provisioning.Services.Summary;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The searchable list of services: an organization's for its members, all for staff. The details of a row are read only for the rows of the
 * requested page.
 */
@Stateless
public class ServiceList {
    /** Filter: {@code running}, {@code charged}, {@code all} or a state; without it, running services. */
    public static final String STATE = "state";

    /** Value of {@link #STATE}: services that were created and are not over, which are those with costs and revenue. */
    public static final String CHARGED = "charged";

    /** Filter: the code of a region. */
    public static final String REGION = "region";

    /** Filter: the ID of a plan. */
    public static final String PLAN = "plan";

    /** Filter: IDs of services, separated by commas. */
    public static final String ONLY = "only";

    private static final String OVER = "'TERMINATED', 'FAILED'";

    static final SortOrder SORTING = new SortOrder(
            java.util.Map.of(
                    "name", "lower(s.name)",
                    "state", "s.state",
                    "region", "s.region",
                    "since", "s.activated_at",
                    "customer", "(select lower(o.name) from organization o where o.id = s.organization_id)",
                    "plan", "(select lower(p.name) from plan p where p.id = s.plan_id)",
                    "hourly", "(select (v.currency, v.hourly) from price_version v where v.id = s.price_version_id)",
                    "this-month",
                            "(select (m.currency, m.month_cap - m.cap + m.amount) from rated_period m"
                                    + " where m.service_id = s.id and m.month_ends_at > (select at from present) order by m.id desc limit 1)"),
            "lower(s.name)",
            "s.id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Clock clock;

    /** For the container. */
    public ServiceList() {}

    /** For use outside a container. */
    public ServiceList(Sql sql, Access access, Clock clock) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
    }

    /** The number of services in a state. */
    public record StateCount(Service.State state, int services) {
        /** Whether services in that state are over. */
        public boolean isOver() {
            return state == Service.State.TERMINATED || state == Service.State.FAILED;
        }
    }

    /** Returns a page of the services of one organization, or of all, which only staff may see. */
    public ResultPage<Summary> find(Optional<UUID> organizationId, ListQuery listQuery) {
        requireView(organizationId);
        var sqlConditions = conditions(organizationId, listQuery);
        var total = sql.one(
                "select count(*)::int n from service s" + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(rows(sqlConditions, listQuery), total);
    }

    /** Returns the rows only, for callers that read page by page. */
    public List<Summary> rows(Optional<UUID> organizationId, ListQuery listQuery) {
        requireView(organizationId);
        return rows(conditions(organizationId, listQuery), listQuery);
    }

    /** Returns the number of existing services in each state. The caller checks the permission. */
    public List<StateCount> states(Optional<UUID> organizationId) {
        var sqlConditions = new SqlConditions().and(organizationId, "s.organization_id = ?");
        return sql.query(
                "select s.state, count(*)::int n from service s" + sqlConditions.sql()
                        + " group by s.state order by s.state",
                row -> new StateCount(Service.State.valueOf(row.text("state")), row.whole("n")),
                sqlConditions.parameters());
    }

    private List<Summary> rows(SqlConditions sqlConditions, ListQuery listQuery) {
        var now = clock.instant();
        return sql.query(
                query(sqlConditions, listQuery), Services.summaryAt(now), parameters(now, sqlConditions, listQuery));
    }

    /** Returns the parameters of the query of a page. */
    static @Nullable Object[] parameters(Instant now, SqlConditions sqlConditions, ListQuery listQuery) {
        var conditions = sqlConditions.parameters(listQuery.limit(), listQuery.first());
        return Stream.concat(Stream.of(now), Arrays.stream(conditions)).toArray();
    }

    /** Returns the query of a page; its first parameter is the present time, its last are limit and offset. */
    static String query(SqlConditions sqlConditions, ListQuery listQuery) {
        var part =
                "with present as (select ?::timestamptz as at), part as materialized (select s.id, row_number() over (order by "
                        + SORTING.of(listQuery) + ") as place from service s" + sqlConditions.sql()
                        + " order by place limit ? offset ?) ";
        return part + Services.SUMMARIES + " join part on part.id = s.id order by part.place";
    }

    static SqlConditions conditions(Optional<UUID> organizationId, ListQuery listQuery) {
        var search = Optional.of(listQuery.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty());
        var sqlConditions = new SqlConditions()
                .and(organizationId, "s.organization_id = ?")
                .and(
                        search,
                        organizationId.isPresent()
                                ? "strpos(lower(s.name), ?) > 0 or strpos(s.address, ?) > 0"
                                : "strpos(lower(s.name), ?) > 0 or strpos(s.address, ?) > 0 or s.organization_id in"
                                        + " (select o.id from organization o where strpos(lower(o.name), ?) > 0)")
                .and(listQuery.filter(REGION), "s.region = ?")
                .and(listQuery.filter(PLAN).flatMap(ServiceList::id), "s.plan_id = ?")
                .and(
                        listQuery
                                .filter(ONLY)
                                .map(ids -> Arrays.stream(ids.split(",", -1))
                                        .flatMap(one -> id(one).stream())
                                        .toArray(UUID[]::new)),
                        "s.id = any (?)");
        var state = listQuery.filter(STATE).orElse("running");
        if (state.equals("running")) {
            return sqlConditions.and("s.state not in (" + OVER + ")");
        }
        if (state.equals(CHARGED)) {
            return sqlConditions.and("s.state in ('ACTIVE', 'SUSPENDED')");
        }
        return state.equals("all") ? sqlConditions : sqlConditions.and(Optional.of(name(state)), "s.state = ?");
    }

    private static String name(String state) {
        return state.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private void requireView(Optional<UUID> organizationId) {
        organizationId.ifPresentOrElse(
                id -> access.requireIn(id, Permission.VPS_VIEW), () -> access.require(Permission.STAFF_SERVICES_VIEW));
    }
}
