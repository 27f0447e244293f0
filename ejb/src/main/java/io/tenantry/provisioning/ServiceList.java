package io.tenantry.provisioning;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Conditions;
import io.tenantry.listing.Found;
import io.tenantry.listing.Sorting;
import io.tenantry.listing.Wish;
import io.tenantry.provisioning.Services.Summary;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Services as people search, narrow and sort them: an organization's for its members, everybody's for staff. What is shown of a
 * row is read only for the rows of the part that is wanted.
 */
@Stateless
public class ServiceList {
    /** Filter: {@code running}, {@code charged}, {@code all} or a state; without it, those that run. */
    public static final String STATE = "state";

    /** Of {@link #STATE}: those that were made and are not over, which are what costs and brings in. */
    public static final String CHARGED = "charged";

    /** Filter: the code of a region. */
    public static final String REGION = "region";

    /** Filter: the id of a plan. */
    public static final String PLAN = "plan";

    /** Filter: ids of services, separated by commas. */
    public static final String ONLY = "only";

    private static final String OVER = "'TERMINATED', 'FAILED'";

    static final Sorting SORTING = new Sorting(
            java.util.Map.of(
                    "name", "lower(s.name)",
                    "state", "s.state",
                    "region", "s.region",
                    "since", "s.activated_at",
                    "customer", "(select lower(o.name) from organization o where o.id = s.organization_id)",
                    "plan", "(select lower(p.name) from plan p where p.id = s.plan_id)",
                    "hourly", "(select v.hourly from price_version v where v.id = s.price_version_id)",
                    "this-month",
                            "(select m.month_cap - m.cap + m.amount from rated_period m"
                                    + " where m.service_id = s.id order by m.id desc limit 1)"),
            "lower(s.name)",
            "s.id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    /** For the container. */
    public ServiceList() {}

    /** For use outside a container. */
    public ServiceList(Sql sql, Access access) {
        this.sql = sql;
        this.access = access;
    }

    /** How many services are in a state. */
    public record StateCount(Service.State state, int services) {
        /** Whether services in that state are over. */
        public boolean isOver() {
            return state == Service.State.TERMINATED || state == Service.State.FAILED;
        }
    }

    /** A part of the services; of one organization, or of all, which only staff may see. */
    public Found<Summary> find(Optional<UUID> organizationId, Wish wish) {
        requireView(organizationId);
        var conditions = conditions(organizationId, wish);
        var total = sql.one(
                "select count(*)::int n from service s" + conditions.sql(),
                row -> row.whole("n"),
                conditions.parameters());
        return total == 0 ? Found.nothing() : new Found<>(rows(conditions, wish), total);
    }

    /** The rows alone, for what reads part after part. */
    public List<Summary> rows(Optional<UUID> organizationId, Wish wish) {
        requireView(organizationId);
        return rows(conditions(organizationId, wish), wish);
    }

    /** How many there are in each state, of all that exist. The caller checks the right. */
    public List<StateCount> states(Optional<UUID> organizationId) {
        var conditions = new Conditions().and(organizationId, "s.organization_id = ?");
        return sql.query(
                "select s.state, count(*)::int n from service s" + conditions.sql()
                        + " group by s.state order by s.state",
                row -> new StateCount(Service.State.valueOf(row.text("state")), row.whole("n")),
                conditions.parameters());
    }

    private List<Summary> rows(Conditions conditions, Wish wish) {
        return sql.query(query(conditions, wish), Services::summary, conditions.parameters(wish.limit(), wish.first()));
    }

    /** The query of a part; its last parameters are how many rows, and after how many. */
    static String query(Conditions conditions, Wish wish) {
        var part = "with part as materialized (select s.id, row_number() over (order by " + SORTING.of(wish)
                + ") as place from service s" + conditions.sql() + " order by place limit ? offset ?) ";
        return part + Services.SUMMARIES + " join part on part.id = s.id order by part.place";
    }

    static Conditions conditions(Optional<UUID> organizationId, Wish wish) {
        var search = Optional.of(wish.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty());
        var conditions = new Conditions()
                .and(organizationId, "s.organization_id = ?")
                .and(
                        search,
                        organizationId.isPresent()
                                ? "strpos(lower(s.name), ?) > 0 or strpos(s.address, ?) > 0"
                                : "strpos(lower(s.name), ?) > 0 or strpos(s.address, ?) > 0 or s.organization_id in"
                                        + " (select o.id from organization o where strpos(lower(o.name), ?) > 0)")
                .and(wish.filter(REGION), "s.region = ?")
                .and(wish.filter(PLAN).flatMap(ServiceList::id), "s.plan_id = ?")
                .and(
                        wish.filter(ONLY)
                                .map(ids -> Arrays.stream(ids.split(",", -1))
                                        .flatMap(one -> id(one).stream())
                                        .toArray(UUID[]::new)),
                        "s.id = any (?)");
        var state = wish.filter(STATE).orElse("running");
        if (state.equals("running")) {
            return conditions.and("s.state not in (" + OVER + ")");
        }
        if (state.equals(CHARGED)) {
            return conditions.and("s.state in ('ACTIVE', 'SUSPENDED')");
        }
        return state.equals("all") ? conditions : conditions.and(Optional.of(name(state)), "s.state = ?");
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
