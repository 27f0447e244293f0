package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonReconciliationSchedule.Kind;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores discrepancies: unconfirmed after the first scan, confirmed by the second, over when a scan no longer sees them. Confirmed ones are
 * kept, since a refund may refer to them. Joins the caller's transaction.
 */
@ApplicationScoped
public class AddonDiscrepancyRepository {
    /** A missing resource counts as present until it was last seen; if it was never seen, until the hour in which it was created. */
    private static final String SEE = """
            insert into addon_discrepancy (id, account, addon_kind, kind, provider_ref, resource_tag, addon_id, service_id, name, expected_gib, seen_gib,
                                        first_seen_at, last_seen_at, since)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, statement_timestamp(), statement_timestamp(),
                    coalesce((select coalesce(n.seen_at, o.activated_at + interval '1 microsecond')
                                from addon o
                                left join addon_observation n on n.addon_id = o.id
                               where o.id = ?::uuid), ?::timestamptz))
            on conflict (account, addon_kind, kind, provider_ref, resource_tag, seen_gib) where state <> 'RESOLVED' do update
              set last_seen_at = statement_timestamp(),
                  confirmed_at = coalesce(addon_discrepancy.confirmed_at, statement_timestamp()),
                  name = excluded.name,
                  service_id = excluded.service_id,
                  expected_gib = excluded.expected_gib
            returning state = 'OPEN' and coalesce(last_seen_at = confirmed_at, false) as fresh
            """;

    private static final String DROP = """
            delete from addon_discrepancy
             where account = ? and state = 'OPEN' and confirmed_at is null and last_seen_at < ? and resource_tag <> all (?)
            """;

    private static final String RESOLVE = """
            update addon_discrepancy
               set state = 'RESOLVED', resolved_at = clock_timestamp(),
                   resolution = case when action = 'DELETE' and requested_at is not null then 'DELETED'
                                     when action = 'SWITCH' and requested_at is not null then 'SWITCHED'
                                     else 'GONE' end
             where account = ? and state <> 'RESOLVED' and last_seen_at < ? and resource_tag <> all (?)
            """;

    private static final String THERE = """
            insert into addon_observation (addon_id, seen_at) values (?, ?)
            on conflict on constraint addon_observation_pk do update set seen_at = greatest(addon_observation.seen_at, excluded.seen_at)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public AddonDiscrepancyRepository() {}

    /** For use outside a container. */
    AddonDiscrepancyRepository(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * A discrepancy as observed by a scan.
     *
     * @param service the server that it belongs to, if known
     */
    record ObservedDiscrepancy(
            AddonType of,
            Kind kind,
            String upstreamId,
            String mark,
            Optional<UUID> option,
            Optional<UUID> service,
            String name,
            int expected,
            int there) {}

    /**
     * Locks all discrepancies of an account that are not over until the transaction ends, in the order of their IDs, as
     * {@link AddonDiscrepancyActions} does.
     */
    void hold(String account) {
        sql.query("""
                select id from addon_discrepancy where account = ? and state <> 'RESOLVED' order by id for no key update
                """, AddonDiscrepancyRepository::id, account);
    }

    /** Records an observation; returns whether this scan confirmed it and it is open. */
    boolean see(String account, ObservedDiscrepancy observedDiscrepancy) {
        return sql.one(
                SEE,
                row -> row.flag("fresh"),
                Ids.next(clock),
                account,
                observedDiscrepancy.of(),
                observedDiscrepancy.kind(),
                observedDiscrepancy.upstreamId(),
                observedDiscrepancy.mark(),
                observedDiscrepancy.option().orElse(null),
                observedDiscrepancy.service().orElse(null),
                observedDiscrepancy.name(),
                observedDiscrepancy.expected(),
                observedDiscrepancy.there(),
                observedDiscrepancy.kind() == Kind.MISSING
                        ? observedDiscrepancy.option().orElse(null)
                        : null,
                clock.instant());
    }

    /**
     * Ends discrepancies not seen since the scan started; those seen only once are deleted.
     *
     * @param unlisted resource tags that the scan makes no statement about
     */
    void over(String account, Instant started, Collection<String> unlisted) {
        var marks = unlisted.toArray(String[]::new);
        sql.update(DROP, account, started, marks);
        sql.update(RESOLVE, account, started, marks);
    }

    /** Records that these add-ons exist and are paid for. */
    void there(Collection<UUID> options) {
        var now = clock.instant();
        var rows = new ArrayList<@Nullable Object[]>();
        options.stream().sorted().forEach(option -> rows.add(new @Nullable Object[] {option, now}));
        if (!rows.isEmpty()) {
            sql.batch(THERE, rows);
        }
    }

    /** Returns whether staff are having a resource of that kind deleted at a server; none can be ordered meanwhile. */
    static boolean isBeingTakenAway(Sql sql, UUID serviceId, AddonType kind) {
        return sql.first("""
                        select id from addon_discrepancy
                         where service_id = ? and addon_kind = ? and state = 'OPEN' and action = 'DELETE'
                        """, AddonDiscrepancyRepository::id, serviceId, kind).isPresent();
    }

    /** Returns whether staff are having the backups switched on again; they are not switched off meanwhile. */
    static boolean isBeingSwitchedOn(Sql sql, UUID option) {
        return sql.first(
                        "select id from addon_discrepancy where addon_id = ? and state = 'OPEN' and action = 'SWITCH'",
                        AddonDiscrepancyRepository::id,
                        option)
                .isPresent();
    }

    private static UUID id(Row row) {
        return row.uuid("id");
    }
}
