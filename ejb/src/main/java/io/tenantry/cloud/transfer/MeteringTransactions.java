package io.tenantry.cloud.transfer;

import io.tenantry.cloud.provider.TransferMetering.Traffic;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The transactions of metering services. Each method is one transaction of the tenant, while the work item is held. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class MeteringTransactions {
    /** An unchanged counter is not considered outdated for longer than that. */
    static final Duration LATE = Duration.ofDays(1);

    /** The ID of a missing server may belong to another one, so missing servers are excluded. */
    private static final String DUE = """
            select s.id, s.provider_ref
              from service s
              left join transfer_poll r on r.service_id = s.id
             where s.account = ?
               and s.provider_ref is not null
               and s.state in ('ACTIVE', 'SUSPENDED', 'TERMINATING')
               and (r.tried_at is null or r.tried_at < clock_timestamp() - ?::interval)
               and not exists (select from server_discrepancy f
                                where f.service_id = s.id and f.kind in ('MISSING', 'ID_CHANGED') and f.state <> 'RESOLVED')
             order by r.tried_at nulls first, s.id
             limit ?
            """;

    private static final String KEPT = """
            select in_previous, in_peak, in_committed, out_previous, out_peak, out_committed
              from transfer_period
             where service_id = ? and from_at = ?
               for update
            """;

    private static final String BEFORE = """
            select in_peak, out_peak
              from transfer_period
             where service_id = ? and to_at = ? and ?::timestamptz < to_at + ?::interval
            """;

    private static final String KEEP = """
            insert into transfer_period (service_id, from_at, to_at, in_previous, in_peak, in_committed, out_previous, out_peak, out_committed,
                                         exact, read_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict on constraint transfer_period_pk do update
               set in_previous = excluded.in_previous, in_peak = excluded.in_peak, in_committed = excluded.in_committed,
                   out_previous = excluded.out_previous, out_peak = excluded.out_peak, out_committed = excluded.out_committed,
                   exact = excluded.exact, read_at = excluded.read_at
            """;

    private static final String SAMPLE = """
            insert into transfer_sample (service_id, from_at, to_at, in_bytes, out_bytes, read_at)
            select n.service, n.from_at, n.to_at, n.in_bytes, n.out_bytes, n.read_at
              from (select ?::uuid as service, ?::timestamptz as from_at, ?::timestamptz as to_at, ?::bigint as in_bytes,
                           ?::bigint as out_bytes, ?::timestamptz as read_at) n
             where not exists (
               select
                 from (select *
                         from transfer_sample t
                        where t.service_id = n.service and t.from_at = n.from_at
                        order by t.id desc
                        limit 1) l
                where l.in_bytes = n.in_bytes and l.out_bytes = n.out_bytes)
            """;

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    @Inject
    Clock clock;

    /** For the container. */
    public MeteringTransactions() {}

    /** For use outside a container. */
    MeteringTransactions(Sql sql, WorkItems items, Clock clock) {
        this.sql = sql;
        this.items = items;
        this.clock = clock;
    }

    /** A service to be read. */
    public record Metered(UUID id, String upstreamId) {}

    /**
     * The services to be read in one run.
     *
     * @param isKnown whether services still refer to the account
     */
    public record Due(String account, boolean isKnown, List<Metered> services) {}

    private record CounterPair(TransferCounter in, TransferCounter out) {}

    private record CounterReadings(long in, long out) {}

    /** Returns the next services to be read. */
    public Due due(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        var account = claimedWorkItem.key().substring(WorkItems.ROUND.length());
        var known = sql.first("select 1 as one from service where account = ? limit 1", row -> true, account);
        return new Due(
                account,
                known.isPresent(),
                sql.query(
                        DUE,
                        row -> new Metered(row.uuid("id"), row.text("provider_ref")),
                        account,
                        MeteringHandler.EVERY.toString(),
                        MeteringHandler.TOGETHER));
    }

    /** Stores the provider's values of a service, earlier periods first. */
    public void note(ClaimedWorkItem claimedWorkItem, UUID service, List<Traffic> traffic, boolean isExact) {
        touch(claimedWorkItem, service);
        var now = clock.instant();
        traffic.stream()
                .sorted(Comparator.comparing(Traffic::from))
                .filter(period -> period.inBytes() >= 0
                        && period.outBytes() >= 0
                        && period.to().isAfter(period.from()))
                .forEach(period -> note(service, period, isExact, now));
    }

    /** Records that the provider was asked, regardless of the result. */
    public void tried(ClaimedWorkItem claimedWorkItem, UUID service) {
        touch(claimedWorkItem, service);
    }

    private void touch(ClaimedWorkItem claimedWorkItem, UUID service) {
        items.hold(claimedWorkItem);
        sql.update("""
                insert into transfer_poll (service_id, tried_at) values (?, clock_timestamp())
                on conflict on constraint transfer_poll_pk do update set tried_at = excluded.tried_at
                """, service);
    }

    private void note(UUID service, Traffic period, boolean isExact, Instant now) {
        sql.update(SAMPLE, service, period.from(), period.to(), period.inBytes(), period.outBytes(), now);
        var counted = sql.first(KEPT, MeteringTransactions::both, service, period.from())
                .map(kept -> new CounterPair(
                        kept.in().read(period.inBytes()), kept.out().read(period.outBytes())))
                .orElseGet(() -> started(service, period, isExact, now));
        sql.update(
                KEEP,
                service,
                period.from(),
                period.to(),
                counted.in().carried(),
                counted.in().peak(),
                counted.in().kept(),
                counted.out().carried(),
                counted.out().peak(),
                counted.out().kept(),
                isExact,
                now);
    }

    /** An estimate is not a counter, so nothing of it is carried over. */
    private CounterPair started(UUID service, Traffic period, boolean isExact, Instant now) {
        var before = sql.first(
                        BEFORE,
                        row -> new CounterReadings(row.big("in_peak"), row.big("out_peak")),
                        service,
                        period.from(),
                        now,
                        LATE.toString())
                .filter(counterReadings -> isExact);
        return new CounterPair(
                TransferCounter.begin(before.map(CounterReadings::in), period.inBytes()),
                TransferCounter.begin(before.map(CounterReadings::out), period.outBytes()));
    }

    private static CounterPair both(Row row) {
        return new CounterPair(
                new TransferCounter(row.big("in_previous"), row.big("in_peak"), row.big("in_committed")),
                new TransferCounter(row.big("out_previous"), row.big("out_peak"), row.big("out_committed")));
    }
}
