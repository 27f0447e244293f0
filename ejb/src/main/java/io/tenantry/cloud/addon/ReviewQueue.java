package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provisioning.DeleteServerHandler;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The parked work of services and their add-ons that waits for a decision of staff. If several items of one subject wait, only the first is
 * listed, which is decided next.
 */
@Stateless
public class ReviewQueue {
    /** Filter: the kind of the work item. */
    public static final String KIND = "kind";

    /** Filter: the organization. */
    public static final String ORGANIZATION = "organization";

    private static final String FROM = """
              from work.work_item w
              left join addon o on o.id = w.subject
              join service s on s.id = coalesce(o.service_id, w.subject)
              left join organization g on g.id = s.organization_id
            """;

    private static final String FIRST = """
            not exists (select from work.work_item e where e.subject = w.subject and e.state = 'PARKED' and e.id < w.id)
            """;

    /**
     * Counts the cases; also used as a subquery. Looks up add-ons by key, so that the cost depends on the number of parked work items only.
     */
    public static final String COUNT = """
            select count(*)::int as waiting
              from work.work_item w
              join service s
                on s.id = coalesce((select o.service_id from addon o where o.id = w.subject), w.subject)
             where w.state = 'PARKED'
               and
            """ + FIRST;

    private static final String CASES = """
            select w.id, w.kind, w.parked_at, w.parked_reason, w.attempts, w.error, w.subject, o.kind as addon_kind, o.name as option_name,
                   o.state as option_state, s.id as service_id, s.name as service, s.organization_id, coalesce(g.name, '') as organization
            """;

    private static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "what", "w.kind",
                    "server", "lower(s.name)",
                    "customer", "lower(g.name)",
                    "since", "w.parked_at",
                    "attempts", "w.attempts"),
            "w.parked_at desc",
            "w.id desc");

    @Inject
    Sql sql;

    @Inject
    Access access;

    /** For the container. */
    public ReviewQueue() {}

    /** For use outside a container. */
    ReviewQueue(Sql sql, Access access) {
        this.sql = sql;
        this.access = access;
    }

    /**
     * A waiting case.
     *
     * @param item the parked work item, with its time by the database's clock and its reason
     * @param subject the service or the add-on
     * @param option the kind of add-on, if it is one
     * @param attempts number of failed attempts
     * @param error the last error, in the provider's words if it came from the provider
     */
    public record ReviewCase(
            WorkItems.Parked item,
            UUID subject,
            Optional<AddonType> option,
            Optional<String> optionName,
            Optional<State> optionState,
            UUID serviceId,
            String service,
            UUID organizationId,
            String organization,
            int attempts,
            Optional<String> error) {

        /** Returns the title that is shown. */
        public String title() {
            return optionName.orElse(service);
        }

        /** Whether it can be given up: a deletion can only be retried. */
        public boolean isAbandonable() {
            return option.isPresent()
                    ? optionState.filter(State.TERMINATING::equals).isEmpty()
                    : DeleteServerHandler.mayBeGivenUp(item);
        }
    }

    /** Returns a page of the cases, the most recently parked first. */
    public ResultPage<ReviewCase> find(ListQuery listQuery) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n" + FROM + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(part(sqlConditions, listQuery), total);
    }

    /** Returns the rows only, for callers that read page by page. */
    public List<ReviewCase> rows(ListQuery listQuery) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return part(conditions(listQuery), listQuery);
    }

    /** Returns the number of cases. */
    public int count() {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.one(COUNT, row -> row.whole("waiting"));
    }

    /** Returns the case of a service or an add-on, if any. */
    public Optional<ReviewCase> of(UUID subject) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.first(
                CASES + FROM + " where w.state = 'PARKED' and w.subject = ? order by w.id limit 1",
                ReviewQueue::read,
                subject);
    }

    /**
     * Returns the case of a service or an add-on.
     *
     * @throws NotFoundException if there is none
     */
    public ReviewCase one(UUID subject) {
        return of(subject).orElseThrow(() -> new NotFoundException("decision", subject));
    }

    private List<ReviewCase> part(SqlConditions sqlConditions, ListQuery listQuery) {
        return sql.query(
                CASES + FROM + sqlConditions.sql() + " order by " + SORTING.of(listQuery) + " limit ? offset ?",
                ReviewQueue::read,
                sqlConditions.parameters(listQuery.limit(), listQuery.first()));
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var text = Optional.of(listQuery.search().toLowerCase(Locale.ROOT)).filter(some -> !some.isEmpty());
        return new SqlConditions()
                .and("w.state = 'PARKED'")
                .and(FIRST)
                .and(
                        text,
                        "strpos(lower(s.name), ?) > 0 or strpos(lower(o.name), ?) > 0 or strpos(lower(g.name), ?) > 0"
                                + " or strpos(lower(w.parked_reason), ?) > 0 or w.subject::text = ?")
                .and(listQuery.filter(KIND), "w.kind = ?")
                .and(listQuery.filter(ORGANIZATION), "g.id::text = ?");
    }

    private static ReviewCase read(Row row) {
        return new ReviewCase(
                new WorkItems.Parked(
                        row.big("id"), row.text("kind"), row.instant("parked_at"), row.text("parked_reason")),
                row.uuid("subject"),
                row.maybeText("addon_kind").map(AddonType::valueOf),
                row.maybeText("option_name"),
                row.maybeText("option_state").map(State::valueOf),
                row.uuid("service_id"),
                row.text("service"),
                row.uuid("organization_id"),
                row.text("organization"),
                row.whole("attempts"),
                row.maybeText("error"));
    }
}
