package io.tenantry.cloud.reconciliation;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns observations of scans into discrepancies: a single observation may be due to an outdated list; a second one at least ten minutes later
 * confirms it. What a complete scan no longer observes is over. Joins the caller's transaction; times are the starts of scans by the database's
 * clock.
 */
@ApplicationScoped
public class Observations {
    /** Minimum time between two observations, for both to count. */
    static final Duration STANDALONE = Duration.ofMinutes(10);

    /** How long after a server is back, hours that are charged late are still refunded. */
    private static final String SETTLED_AFTER = "2 days";

    private static final String SEE = """
            insert into server_discrepancy (id, account, kind, provider_ref, resource_tag, service_id, name, expected, seen,
                                 first_seen_at, last_seen_at, since, seen_until)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account, kind, provider_ref, resource_tag, seen) where state <> 'RESOLVED' do update
               set times = server_discrepancy.times + 1, last_seen_at = excluded.last_seen_at, seen_until = excluded.seen_until,
                   name = excluded.name, expected = excluded.expected
            """;

    private static final String CONFIRM = """
            update server_discrepancy
               set confirmed_at = last_seen_at
             where account = ?
               and last_seen_at = ?
               and confirmed_at is null
               and times > 1
               and last_seen_at - first_seen_at >= ?::interval
            returning id, kind, name, service_id, coalesce(resolution = 'SWITCHED', false) as switched
            """;

    private static final String DROP = """
            delete from server_discrepancy
             where account = ? and state = 'OPEN' and confirmed_at is null and last_seen_at < ? and resource_tag <> all (?)
            """;

    private static final String RESOLVE = """
            update server_discrepancy
               set state = 'RESOLVED', resolved_at = ?,
                   resolution = case when action = 'DELETE' and requested_at is not null then 'DELETED'
                                     when action = 'SWITCH' and requested_at is not null then 'SWITCHED'
                                     else 'GONE' end
             where account = ? and state <> 'RESOLVED' and last_seen_at < ? and resource_tag <> all (?)
            returning id, kind, name, service_id, coalesce(resolution = 'SWITCHED', false) as switched
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public Observations() {}

    /** For use outside a container. */
    Observations(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * A discrepancy that was confirmed or resolved.
     *
     * @param isSwitched whether it was resolved because its server was switched, as was decided
     */
    record DiscrepancyChange(
            UUID id, DiscrepancyType kind, String name, Optional<UUID> serviceId, boolean isSwitched) {}

    /** Stores the observations of a scan. */
    void see(String account, Instant startedAt, List<Observation> observed) {
        var now = clock.instant();
        var rows = new ArrayList<@Nullable Object[]>();
        for (var one : observed) {
            rows.add(new @Nullable Object[] {
                Ids.next(clock),
                account,
                one.kind(),
                plain(one.upstreamId()),
                one.mark(),
                one.serviceId().orElse(null),
                plain(one.name()),
                plain(one.expected()),
                plain(one.seen()),
                startedAt,
                startedAt,
                now,
                now
            });
        }
        if (!rows.isEmpty()) {
            sql.batch(SEE, rows);
        }
    }

    /** Confirms discrepancies that have been observed for long enough, and returns the newly confirmed ones. */
    List<DiscrepancyChange> confirm(String account, Instant startedAt) {
        return sql.query(CONFIRM, Observations::turned, account, startedAt, STANDALONE.toString());
    }

    /**
     * Resolves discrepancies that this scan did not observe; those observed only once are deleted.
     *
     * @param unlisted resource tags about which the scan makes no statement
     */
    List<DiscrepancyChange> resolve(String account, Instant startedAt, Set<String> unlisted) {
        var marks = unlisted.toArray(String[]::new);
        sql.update(DROP, account, startedAt, marks);
        return sql.query(RESOLVE, Observations::turned, startedAt, account, startedAt, marks);
    }

    /** Resolves all discrepancies of an account that is no longer scanned. */
    void forget(String account, Instant now) {
        var unused = resolve(account, now, Set.of());
        sql.update("delete from provider_scan where account = ?", account);
    }

    /** Returns discrepancies of servers that are or recently were missing, for which a refund may be due. */
    List<UUID> missing(String account, Instant startedAt) {
        return sql.query("""
                select id
                  from server_discrepancy
                 where account = ?
                   and kind = 'MISSING'
                   and confirmed_at is not null
                   and (state = 'OPEN' or state = 'RESOLVED' and dismissed_at is null and resolved_at > ?::timestamptz - ?::interval)
                 order by id
                """, row -> row.uuid("id"), account, startedAt, SETTLED_AFTER);
    }

    private static DiscrepancyChange turned(Row row) {
        return new DiscrepancyChange(
                row.uuid("id"),
                DiscrepancyType.valueOf(row.text("kind")),
                row.text("name"),
                row.maybeUuid("service_id"),
                row.flag("switched"));
    }

    /** Returns a provider's text as one line of bounded length. */
    private static String plain(String words) {
        var line = InputText.foreignLine(words);
        return InputText.cut(line, 200);
    }
}
