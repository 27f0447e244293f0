package io.tenantry.billing.charging;

import io.tenantry.config.Settings;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.ConnectionPoolRole;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

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

    private static final int UNPLANNED_MAX = 2_000;

    private static final Actor ACTOR = Actor.system("hourly-charging");

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
    public record UnslicedRun(long runId, TenantId tenant) {
        /** Returns the lane of its tenant. */
        int lane() {
            return ConnectionPoolRole.laneOf(tenant);
        }
    }

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
        var all = tenants.chargeable();
        return Tenancy.in(
                Scope.WORK,
                () -> sql.update(
                        ChargingRunSql.OPEN,
                        texts(all, tenant -> tenant.id().value()),
                        texts(all, tenant -> tenant.id().role()),
                        texts(all, tenant -> tenant.createdAt().toString()),
                        upTo));
    }

    private static String[] texts(List<Tenant> tenants, Function<Tenant, String> text) {
        return tenants.stream().map(text).toArray(String[]::new);
    }

    /** Opens one run for a tenant up to an instant that need not be on the hour; does nothing if there is one. */
    public int openAt(TenantId tenant, Instant until) {
        return Tenancy.in(Scope.WORK, () -> sql.update("""
                        insert into charging_run (tenant, tenant_role, until) values (?, ?, ?)
                        on conflict on constraint charging_run_tenant_until_uq do nothing
                        """, tenant.value(), tenant.role(), until));
    }

    /** Returns runs that have not been cut into slices and may be attempted now: of each tenant, the oldest unfinished one. */
    public List<UnslicedRun> unplanned() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.query(
                        "select r.id, r.tenant from charging_run r where " + ChargingRunSql.PLANNABLE
                                + " order by r.until, r.tenant limit ?",
                        row -> new UnslicedRun(row.big("id"), new TenantId(row.text("tenant"))),
                        UNPLANNED_MAX));
    }

    /**
     * Charges a run at once if its wallets fit in one batch; otherwise it must be cut into slices.
     *
     * @param waits whether to wait for another worker that holds the run, instead of leaving it to that worker
     */
    public Charging.RunOutcome chargeWhole(UnslicedRun run, boolean waits) {
        try (var actorScope = Actors.enter(ACTOR)) {
            return Tenancy.in(run.tenant(), () -> {
                var outcome = charging.chargeRun(
                        run.runId(), waits, settings.charging().batchWallets(), settings.node());
                if (outcome == Charging.RunOutcome.CHARGED) {
                    Signals.publish(sql, Signal.Kind.RUN, run.runId());
                }
                return outcome;
            });
        }
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
                    ChargingRunSql.CUT,
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
                                + ChargingRunSql.PAUSE + " where id = ? and state = 'OPEN'",
                        error,
                        run.runId()));
    }

    /** Claims the next slice without a live worker, hours in order for each tenant. */
    public Optional<Claim> claim() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.first(
                        ChargingRunSql.CLAIM,
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
                var batch = charging.chargeSlice(
                        claim,
                        settings.charging().batchWallets(),
                        settings.charging().lease());
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
                                + ChargingRunSql.PAUSE + " where id = ? and fence = ?",
                        error,
                        claim.sliceId(),
                        claim.fence()));
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
        return Tenancy.in(
                Scope.WORK,
                () -> sql.one("""
                        select exists (select from charging_run r where ${plannable})
                            or exists (select from charging_slice
                                        where state = 'OPEN'
                                           or state = 'RUNNING' and lease_until < clock_timestamp()
                                           or state = 'FAILED' and retry_at < clock_timestamp()) any
                        """.replace("${plannable}", ChargingRunSql.PLANNABLE), row -> row.flag("any")));
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
