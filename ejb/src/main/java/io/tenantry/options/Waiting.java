package io.tenantry.options;

import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Conditions;
import io.tenantry.listing.Found;
import io.tenantry.listing.Sorting;
import io.tenantry.listing.Wish;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.provisioning.Remove;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What of services and their options waits for a decision of staff. Of several things that wait at one of them, only the first is listed: that is
 * the one that is decided next.
 */
@Stateless
public class Waiting {
    /** Filter: the kind of work, as work items name it. */
    public static final String KIND = "kind";

    /** Filter: whose. */
    public static final String ORGANIZATION = "organization";

    private static final String FROM = """
              from work.work_item w
              left join service_option o on o.id = w.subject
              join service s on s.id = coalesce(o.service_id, w.subject)
              left join organization g on g.id = s.organization_id
            """;

    private static final String FIRST = """
            not exists (select from work.work_item e where e.subject = w.subject and e.state = 'PARKED' and e.id < w.id)
            """;

    /** Counts them; also used as a subquery. Looks up options by key, so the cost depends on the parked work items only. */
    public static final String COUNT = """
            select count(*)::int as waiting
              from work.work_item w
              join service s
                on s.id = coalesce((select o.service_id from service_option o where o.id = w.subject), w.subject)
             where w.state = 'PARKED'
               and
            """ + FIRST;

    private static final String CASES = """
            select w.id, w.kind, w.parked_at, w.parked_why, w.attempts, w.error, w.subject, o.kind as option_kind, o.name as option_name,
                   o.state as option_state, s.id as service_id, s.name as service, s.organization_id, coalesce(g.name, '') as organization
            """;

    private static final Sorting SORTING = new Sorting(
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
    public Waiting() {}

    /** For use outside a container. */
    Waiting(Sql sql, Access access) {
        this.sql = sql;
        this.access = access;
    }

    /**
     * Something that waits.
     *
     * @param item since when, by the database's clock, and why
     * @param subject the service, or the option
     * @param option of what kind, if it is one
     * @param attempts in vain
     * @param error what was said last, in the vendor's words where it was the vendor
     */
    public record Case(
            WorkItems.Parked item,
            UUID subject,
            Optional<OptionKind> option,
            Optional<String> optionName,
            Optional<State> optionState,
            UUID serviceId,
            String service,
            UUID organizationId,
            String organization,
            int attempts,
            Optional<String> error) {

        /** What is shown of it. */
        public String title() {
            return optionName.orElse(service);
        }

        /** Whether it can be given up: what is to be deleted can only be looked for again. */
        public boolean isAbandonable() {
            return option.isPresent()
                    ? optionState.filter(State.TERMINATING::equals).isEmpty()
                    : Remove.mayBeGivenUp(item);
        }
    }

    /** A part of it, what was parked last first. */
    public Found<Case> find(Wish wish) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        var conditions = conditions(wish);
        var total = sql.one(
                "select count(*)::int n" + FROM + conditions.sql(), row -> row.whole("n"), conditions.parameters());
        return total == 0 ? Found.nothing() : new Found<>(part(conditions, wish), total);
    }

    /** The rows alone, for what reads part after part. */
    public List<Case> rows(Wish wish) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return part(conditions(wish), wish);
    }

    /** How many there are. */
    public int count() {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.one(COUNT, row -> row.whole("waiting"));
    }

    /** What waits at a service or an option, if anything does. */
    public Optional<Case> of(UUID subject) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.first(
                CASES + FROM + " where w.state = 'PARKED' and w.subject = ? order by w.id limit 1",
                Waiting::read,
                subject);
    }

    /**
     * The same.
     *
     * @throws NotVisible if nothing does
     */
    public Case one(UUID subject) {
        return of(subject).orElseThrow(() -> new NotVisible("decision", subject));
    }

    private List<Case> part(Conditions conditions, Wish wish) {
        return sql.query(
                CASES + FROM + conditions.sql() + " order by " + SORTING.of(wish) + " limit ? offset ?",
                Waiting::read,
                conditions.parameters(wish.limit(), wish.first()));
    }

    private static Conditions conditions(Wish wish) {
        var text = Optional.of(wish.search().toLowerCase(Locale.ROOT)).filter(some -> !some.isEmpty());
        return new Conditions()
                .and("w.state = 'PARKED'")
                .and(FIRST)
                .and(
                        text,
                        "strpos(lower(s.name), ?) > 0 or strpos(lower(o.name), ?) > 0 or strpos(lower(g.name), ?) > 0"
                                + " or strpos(lower(w.parked_why), ?) > 0 or w.subject::text = ?")
                .and(wish.filter(KIND), "w.kind = ?")
                .and(wish.filter(ORGANIZATION), "g.id::text = ?");
    }

    private static Case read(Row row) {
        return new Case(
                new WorkItems.Parked(row.big("id"), row.text("kind"), row.instant("parked_at"), row.text("parked_why")),
                row.uuid("subject"),
                row.maybeText("option_kind").map(OptionKind::valueOf),
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
