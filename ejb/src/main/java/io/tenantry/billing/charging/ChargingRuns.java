package io.tenantry.billing.charging;

import io.tenantry.config.Settings;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Register of runs: which tenant is charged up to which hour, who works on it, and its progress. A run is cut into slices of wallets. A slice
 * is claimed under a lease with a fencing number, and every batch committed under it checks the number, renews the lease and counts the
 * progress in one statement. The lease of a crashed node expires, and another node continues.
 *
 * <p>Each method is a separate transaction. Methods that hand out work run as {@link Scope#WORK}; methods that charge run as the tenant. The
 * database's clock determines leases and the current hour.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ChargingRuns {
    private static final UUID FIRST = new UUID(0, 0);

    private static final UUID LAST = new UUID(-1, -1);

    private static final Actor ACTOR = Actor.system("hourly-charging");

    /** A delay that doubles with each attempt, up to an hour. */
    private static final String PAUSE =
            "least(interval '1 hour', interval '15 seconds' * power(2, least(attempts, 12)))";

    /** An open run whose tenant has no earlier one unfinished. */
    private static final String PLANNABLE = """
            r.state = 'OPEN'
            and (r.retry_at is null or r.retry_at < clock_timestamp())
            and not exists (select from charging_run e
                             where e.tenant = r.tenant and e.until < r.until and e.state <> 'DONE')
            """;

    /** Slices with that many wallets each, found by stepping through the index; the same statement claims the first one. */
    private static final String CUT = """
            with recursive step (no, after_wallet, to_wallet) as (
              select 0, null::uuid, (select id from wallet order by id offset ? limit 1)
               where exists (select from wallet)
               union all
              select t.no + 1, t.to_wallet, (select id from wallet where id > t.to_wallet order by id offset ? limit 1)
                from step t
               where exists (select from wallet where id > t.to_wallet)
            )
            insert into work.charging_slice (run_id, tenant_role, no, after_wallet, to_wallet, wallets_planned, state, node,
                                             fence, attempts, lease_until, started_at)
            select ?, ?, t.no, t.after_wallet, case when x.is_last then null else t.to_wallet end,
                   (select count(*) from wallet w
                     where (t.after_wallet is null or w.id > t.after_wallet) and (t.to_wallet is null or w.id <= t.to_wallet)),
                   case t.no when 0 then 'RUNNING' else 'OPEN' end,
                   case t.no when 0 then ? end,
                   case t.no when 0 then 1 else 0 end,
                   case t.no when 0 then 1 else 0 end,
                   case t.no when 0 then clock_timestamp() + ?::interval end,
                   case t.no when 0 then clock_timestamp() end
              from step t
             cross join lateral (select t.no = max(l.no) is_last from step l) x
             order by t.no
            returning id, to_wallet
            """;

    @Inject
    Sql sql;

    @Inject
    Charging charging;

    @Inject
    MovableClock clock;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    /** An unplanned run. */
    public record UnslicedRun(long runId, TenantId tenant) {}

    /**
     * A claimed slice.
     *
     * @param fence makes a late holder harmless: it increases with every claim
     * @param after the last wallet charged so far; the next batch starts after it
     */
    public record Claim(long sliceId, long runId, TenantId tenant, Instant until, long fence, UUID after, UUID to) {

        Claim behind(UUID wallet) {
            return new Claim(sliceId, runId, tenant, until, fence, wallet, to);
        }
    }

    /**
     * Returns the hour that charging has reached: everything that started before it is due. It is the database's time, shifted like this node's
     * clock.
     */
    public Instant reachedHour() {
        return Tenancy.in(Scope.WORK, () -> {
            var database = sql.one("select clock_timestamp() now", row -> row.instant("now"));
            var skew = Duration.between(database, clock.real()).abs();
            if (skew.compareTo(settings.clockSkew()) > 0) {
                throw new ClockSkewException(skew);
            }
            return clock.moved(database).truncatedTo(ChronoUnit.HOURS);
        });
    }

    /**
     * Returns the hour that charging has reached, or this node's current time if that is earlier: what ended before has ended by both clocks.
     */
    public Instant reachedNow() {
        var hour = reachedHour();
        var now = clock.instant();
        return now.isBefore(hour) ? now : hour;
    }

    /** Ensures that each chargeable tenant has a run for every hour up to this one. Idempotent. */
    public int open(Instant upTo) {
        return Tenancy.in(Scope.WORK, () -> {
            var opened = 0;
            for (var tenant : tenants.chargeable()) {
                opened += open(tenant, upTo);
            }
            return opened;
        });
    }

    /** Opens one run for a tenant up to an instant that need not be on the hour; does nothing if there is one. */
    public int openAt(TenantId tenant, Instant until) {
        return Tenancy.in(Scope.WORK, () -> sql.update("""
                        insert into charging_run (tenant, tenant_role, until) values (?, ?, ?)
                        on conflict on constraint charging_run_tenant_until_uq do nothing
                        """, tenant.value(), tenant.role(), until));
    }

    private int open(Tenant tenant, Instant upTo) {
        return sql.update(
                """
                insert into charging_run (tenant, tenant_role, until)
                select ?, ?, h
                  from generate_series(
                         greatest(
                           (select max(until) from charging_run where tenant = ?),
                           date_trunc('hour', ?::timestamptz, 'UTC')) + interval '1 hour',
                         ?, interval '1 hour') h
                on conflict on constraint charging_run_tenant_until_uq do nothing
                """, tenant.id().value(), tenant.id().role(), tenant.id().value(), tenant.createdAt(), upTo);
    }

    /** Returns the first run, of each tenant's oldest unfinished ones, that has not been cut into slices and may be attempted now. */
    public Optional<UnslicedRun> unplanned() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.first(
                        "select r.id, r.tenant from charging_run r where " + PLANNABLE
                                + " order by r.until, r.tenant limit 1",
                        row -> new UnslicedRun(row.big("id"), new TenantId(row.text("tenant")))));
    }

    /**
     * Cuts a run into slices of wallets and claims the first of them.
     *
     * @return empty if another worker came first, or if there is no wallet to charge: then the run is done
     */
    public Optional<Claim> plan(UnslicedRun run) {
        return Tenancy.in(run.tenant(), () -> {
            var until = sql.first(
                    "select until from work.charging_run where id = ? and state = 'OPEN' for update",
                    row -> row.instant("until"),
                    run.runId());
            if (until.isEmpty()) {
                return Optional.empty();
            }
            charging.prepare();
            var slices = sql.query(
                    CUT,
                    row -> new Slice(row.big("id"), row.maybeUuid("to_wallet").orElse(LAST)),
                    settings.charging().sliceWallets() - 1,
                    settings.charging().sliceWallets() - 1,
                    run.runId(),
                    run.tenant().role(),
                    settings.node(),
                    settings.charging().lease().toString());
            if (slices.isEmpty()) {
                finish(run.runId());
                return Optional.empty();
            }
            sql.update(
                    "update work.charging_run set state = 'RUNNING', slices = ?, error = null, retry_at = null where id = ?",
                    slices.size(),
                    run.runId());
            var first = slices.get(0);
            return Optional.of(
                    new Claim(first.id(), run.runId(), run.tenant(), until.get(), 1, FIRST, first.toWallet()));
        });
    }

    private record Slice(long id, UUID toWallet) {}

    /** Parks a run that could not be cut into slices, to be retried after a delay that doubles up to an hour. */
    public void park(UnslicedRun run, String error) {
        Tenancy.in(
                Scope.WORK,
                () -> sql.update(
                        "update charging_run set attempts = attempts + 1, error = ?, retry_at = clock_timestamp() + "
                                + PAUSE + " where id = ? and state = 'OPEN'",
                        error,
                        run.runId()));
    }

    /** Claims the next slice without a live worker, hours in order for each tenant. */
    public Optional<Claim> claim() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.first(
                        """
                        with next as (
                          select s.id
                            from charging_slice s
                            join charging_run r on r.id = s.run_id
                           where (s.state = 'OPEN'
                                  or s.state = 'RUNNING' and s.lease_until < clock_timestamp()
                                  or s.state = 'FAILED' and s.retry_at < clock_timestamp())
                             and not exists (select from charging_run e
                                              where e.tenant = r.tenant and e.until < r.until and e.state <> 'DONE')
                           order by r.until, s.id
                           limit 1
                             for update of s skip locked
                        )
                        update charging_slice s
                           set state = 'RUNNING',
                               node = ?,
                               fence = s.fence + 1,
                               attempts = s.attempts + 1,
                               lease_until = clock_timestamp() + ?::interval,
                               started_at = coalesce(s.started_at, clock_timestamp()),
                               retry_at = null
                          from next n, charging_run r
                         where s.id = n.id
                           and r.id = s.run_id
                        returning s.id, s.run_id, s.fence, s.after_wallet, s.to_wallet, r.tenant, r.until
                        """,
                        ChargingRuns::claim,
                        settings.node(),
                        settings.charging().lease().toString()));
    }

    /**
     * Charges the next batch of a slice in one transaction; the last batch finishes the slice, and the last slice the run.
     *
     * @return the remaining claim; empty when the slice is done
     * @throws LeaseLostException if another worker has claimed the slice in the meantime; nothing was charged
     */
    public Optional<Claim> chargeNext(Claim claim) {
        try (var actorScope = Actors.enter(ACTOR)) {
            return Tenancy.in(claim.tenant(), () -> {
                var batch = charging.chargeWallets(
                        new Charging.Range(
                                claim.after(), claim.to(), settings.charging().batchWallets()),
                        claim.until(),
                        "run:" + claim.runId() + ":" + claim.sliceId() + ":" + claim.fence());
                progress(claim, batch);
                if (batch.isLast()) {
                    finish(claim.runId());
                    return Optional.empty();
                }
                return Optional.ofNullable(batch.last()).map(claim::behind);
            });
        }
    }

    /** Parks a slice whose charging failed, to be retried after a delay that doubles up to an hour. */
    public void park(Claim claim, String error) {
        Tenancy.in(
                claim.tenant(),
                () -> sql.update(
                        "update work.charging_slice set state = 'FAILED', error = ?, retry_at = clock_timestamp() + "
                                + PAUSE + " where id = ? and fence = ?",
                        error,
                        claim.sliceId(),
                        claim.fence()));
    }

    private void progress(Claim claim, Charging.Batch batch) {
        var chargeTotals = batch.charged();
        var kept = sql.update(
                ChargingSql.PROGRESS,
                chargeTotals.wallets(),
                chargeTotals.services(),
                chargeTotals.hours(),
                chargeTotals.currencies(),
                chargeTotals.values(),
                settings.charging().lease().toString(),
                batch.last(),
                batch.isLast(),
                batch.isLast(),
                batch.isLast(),
                claim.sliceId(),
                claim.fence());
        if (kept != 1) {
            throw new LeaseLostException("slice " + claim.sliceId(), claim.fence());
        }
    }

    /** Finishes a run if all of its slices are done. Locks the run's row first, so that of two last slices one sees both. */
    private void finish(long runId) {
        sql.query("select id from work.charging_run where id = ? for update", row -> row.big("id"), runId);
        var ended = sql.update("""
                update work.charging_run
                   set state = 'DONE', ended_at = clock_timestamp()
                 where id = ?
                   and not exists (select from work.charging_slice where run_id = ? and state <> 'DONE')
                """, runId, runId);
        if (ended > 0) {
            Signals.publish(sql, Signal.Kind.RUN, runId);
        }
    }

    private static Claim claim(Row row) {
        return new Claim(
                row.big("id"),
                row.big("run_id"),
                new TenantId(row.text("tenant")),
                row.instant("until"),
                row.big("fence"),
                row.maybeUuid("after_wallet").orElse(FIRST),
                row.maybeUuid("to_wallet").orElse(LAST));
    }

    /** Whether a worker would find work now. */
    public boolean hasClaimable() {
        return Tenancy.in(Scope.WORK, () -> sql.one("""
                        select exists (select from charging_run r where ${plannable})
                            or exists (select from charging_slice
                                        where state = 'OPEN'
                                           or state = 'RUNNING' and lease_until < clock_timestamp()
                                           or state = 'FAILED' and retry_at < clock_timestamp()) any
                        """.replace("${plannable}", PLANNABLE), row -> row.flag("any")));
    }

    /** Whether every opened run is done. */
    public boolean isAllDone() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.one(
                        "select not exists (select from charging_run where state <> 'DONE') all_done",
                        row -> row.flag("all_done")));
    }

    /** Deletes the runs of a tenant that is being removed; otherwise another tenant of that name would inherit them. */
    public int forget(TenantId tenant) {
        return Tenancy.in(Scope.WORK, () -> sql.update("delete from charging_run where tenant = ?", tenant.value()));
    }

    /** Makes a failed run, or its failed slices, eligible for an immediate retry. */
    public int retry(long runId) {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.update(
                                "update charging_run set retry_at = clock_timestamp() where id = ? and error is not null",
                                runId)
                        + sql.update(
                                "update charging_slice set retry_at = clock_timestamp() where run_id = ? and state = 'FAILED'",
                                runId));
    }
}
