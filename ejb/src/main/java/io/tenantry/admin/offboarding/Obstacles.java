package io.tenantry.admin.offboarding;

import io.tenantry.admin.offboarding.Obstacle.Kind;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the obstacles to a reseller's deletion, in its own schema and in the platform's, each in a separate transaction. Checks no permission:
 * {@link TenantDeletion} does.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Obstacles {
    private static final int NAMED = 10;

    private static final String COUNTED = """
            select '${kind}' as kind, count(*) as count, coalesce((array_agg(name order by name))[1:${named}], '{}') as names from (${of}) o
            """.replace("${named}", String.valueOf(NAMED));

    private static final String LEFT = String.join(
            " union all ",
            counted(
                    Kind.SERVICES,
                    "select name || ' (' || state || ')' as name from service where state not in ('TERMINATED', 'FAILED')"),
            counted(
                    Kind.ADDONS,
                    "select kind || ' ' || name || ' (' || state || ')' as name from addon where state not in ('TERMINATED', 'FAILED')"),
            counted(
                    Kind.ORPHANED_RESOURCES,
                    "select name from server_discrepancy where state = 'OPEN' and kind in ('ORPHANED', 'UNKNOWN_SERVER', 'DUPLICATE')"),
            counted(
                    Kind.WORK,
                    "select kind as name from work.work_item where tenant = ? and state in ('OPEN', 'PARKED') and not starts_with(key, 'round:')"));

    /**
     * The time of the last sale, which is the start of the last hour, or of another charge; the time up to which months are invoiced; and
     * whether anything is missing in a snapshot, if there is one.
     */
    private static final String MONTHS = """
            select greatest(
                     (select max(charged_until) - interval '1 hour' from rated_period where hours > 0),
                     (select max(e.effective_at)
                        from ledger_account a
                        join posting p on p.account_id = a.id
                        join journal_entry e on e.id = p.entry_id
                       where a.kind = 'REVENUE' and not starts_with(e.source, 'run:'))) as sold,
                   r.until, r.unfinished,
                   exists (select from journal_entry where not pg_visible_in_snapshot(created_in, x.seen))
                   or exists (select from invoice where not pg_visible_in_snapshot(created_in, x.seen)) as moved
              from (select ?::pg_snapshot as seen) x
             cross join (select max(period_to) filter (where state = 'DONE') as until,
                                coalesce(array_agg(to_char(month, 'YYYY-MM') order by month) filter (where state <> 'DONE'), '{}') as unfinished
                           from work.invoicing_run
                          where tenant = ?) r
            """;

    private static final String OUTSIDE = """
            select r.until, r.unfinished, u.count, u.names,
                   (select e.seen
                      from tenant_export e
                      join tenant t on t.slug = e.tenant
                     where e.tenant = ? and e.state = 'DONE' and e.started_at > coalesce(t.suspended_at, '-infinity')
                     order by e.started_at desc
                     limit 1) as seen
              from (select max(r.period_to) filter (where r.state = 'DONE') as until,
                           coalesce(array_agg(to_char(r.month, 'YYYY-MM') order by r.month) filter (where r.state <> 'DONE'), '{}') as unfinished
                      from settlement_run r
                      join reseller_ledger_account a on a.id = r.account_id and a.closed_at is null
                     where a.tenant = ?) r
             cross join (${unpaid}) u
            """.replace("${unpaid}", counted(Kind.UNPAID, """
                    select s.number_text as name
                      from settlement s
                      join reseller_ledger_account a on a.id = s.account_id and a.closed_at is null
                     where a.tenant = ? and s.state = 'OPEN'
                    """));

    @Inject
    Sql sql;

    /** For the container. */
    public Obstacles() {}

    /** For use outside a container. */
    Obstacles(Sql sql) {
        this.sql = sql;
    }

    /**
     * The obstacles in the platform's schema.
     *
     * @param settledUntil the end of the last month that is settled
     * @param unfinished months whose settlement is in progress or waiting
     * @param unpaid settlements
     * @param seen the snapshot that the latest export since the suspension has read
     */
    public record Outside(
            Optional<Instant> settledUntil, List<String> unfinished, Optional<Obstacle> unpaid, Optional<String> seen) {
        public Outside {
            unfinished = List.copyOf(unfinished);
        }
    }

    /** Queries the platform's schema. */
    public Outside outside(TenantId tenant) {
        var slug = tenant.value();
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.one(
                        OUTSIDE,
                        row -> new Outside(
                                row.maybeInstant("until"),
                                row.texts("unfinished"),
                                Optional.of(new Obstacle(Kind.UNPAID, row.big("count"), row.texts("names")))
                                        .filter(Obstacle::isThere),
                                row.maybeText("seen")),
                        slug,
                        slug,
                        slug));
    }

    /** Queries the tenant's own schema, and combines everything in the order in which to resolve it. */
    public List<Obstacle> inside(Tenant tenant, Outside outside) {
        var slug = tenant.id().value();
        return Tenancy.in(tenant.id(), () -> {
            var all = new ArrayList<>(sql.query(
                    LEFT,
                    row -> new Obstacle(Kind.valueOf(row.text("kind")), row.big("count"), row.texts("names")),
                    slug));
            all.removeIf(obstacle -> !obstacle.isThere());
            all.sort(Comparator.comparing(Obstacle::kind));
            var months = sql.one(
                    MONTHS,
                    row -> new Months(
                            row.maybeInstant("sold"),
                            new Runs(row.maybeInstant("until"), row.texts("unfinished")),
                            row.maybeFlag("moved").orElse(false)),
                    outside.seen().orElse(null),
                    slug);
            month(Kind.UNINVOICED, tenant, months.sold(), months.invoiced()).ifPresent(all::add);
            month(Kind.UNSETTLED, tenant, months.sold(), new Runs(outside.settledUntil(), outside.unfinished()))
                    .ifPresent(all::add);
            outside.unpaid().ifPresent(all::add);
            if (outside.seen().isEmpty()) {
                all.add(Obstacle.of(Kind.NOT_EXPORTED));
            } else if (months.moved()) {
                all.add(Obstacle.of(Kind.EXPORT_OUTDATED));
            }
            return List.copyOf(all);
        });
    }

    private record Runs(Optional<Instant> until, List<String> unfinished) {}

    private record Months(Optional<Instant> sold, Runs invoiced, boolean moved) {}

    /** Returns the months in progress, or the month of the last sale, if that is later than all completed ones. */
    private static Optional<Obstacle> month(Kind kind, Tenant tenant, Optional<Instant> sold, Runs runs) {
        if (!runs.unfinished().isEmpty()) {
            return Optional.of(new Obstacle(kind, runs.unfinished().size(), runs.unfinished()));
        }
        return sold.filter(at ->
                        runs.until().isEmpty() || !at.isBefore(runs.until().get()))
                .map(at -> new Obstacle(
                        kind,
                        1,
                        List.of(YearMonth.from(at.atZone(tenant.zone())).toString())));
    }

    private static String counted(Kind kind, String of) {
        return COUNTED.replace("${kind}", kind.name()).replace("${of}", of);
    }
}
