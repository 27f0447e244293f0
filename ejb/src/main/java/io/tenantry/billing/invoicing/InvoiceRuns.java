package io.tenantry.billing.invoicing;

import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.charging.LeaseLostException;
import io.tenantry.billing.charging.LeaseSql;
import io.tenantry.config.Settings;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
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
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Register of runs: whose documents of which month are issued, who works on it, and its progress. A run is one tenant's month and is not cut
 * into slices, because a tenant's numbers are taken one after the other anyway; nodes share the tenants. It is claimed under a lease with a
 * fencing number, and every batch committed under it checks the number, renews the lease and updates the counts in one statement. The lease of
 * a crashed node expires, and another node continues after the last batch.
 *
 * <p>Wallets that cannot have their document yet leave the run {@code WAITING}: it is attempted again, and delays neither other tenants nor
 * later months.
 *
 * <p>Each method is a separate transaction. Methods that hand out work run as {@link Scope#WORK}; methods that issue run as the tenant.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class InvoiceRuns {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    private static final Actor ACTOR = Actor.system("invoicing");

    /**
     * Delay before a waiting run is attempted again. A wallet waits for uncharged hours, which arrive soon, or for a person, which takes
     * longer.
     */
    private static final String PATIENCE =
            "least(interval '6 hours', interval '1 minute' * power(2, least(r.attempts, 12)))";

    /** While hours of the month are still being charged, every wallet would have to wait: therefore the run waits. */
    private static final String CLAIMABLE = """
            r.due_at <= ?
            and ${free}
            and not exists (select from charging_run c
                             where c.tenant = r.tenant and c.state <> 'DONE' and c.until < r.period_to + interval '1 hour')
            and not exists (select from invoicing_run e
                             where e.tenant = r.tenant and e.month < r.month and e.state not in ('WAITING', 'DONE'))
            """.replace("${free}", LeaseSql.FREE);

    private static final String BEGIN = """
            update work.invoicing_run
               set wallets_planned = (select count(*) from wallet),
                   wallets = case when after_wallet is null then 0 else wallets end,
                   waiting = case when after_wallet is null then 0 else waiting end,
                   lease_until = clock_timestamp() + ?::interval
             where id = ? and fence = ? and state = 'RUNNING'
            """;

    private static final String WAIT = """
            update work.invoicing_run r
               set state = 'WAITING', error = 'the reseller has not said who it is', retry_at = clock_timestamp() + ${patience}
             where id = ? and fence = ? and state = 'RUNNING'
            """.replace("${patience}", PATIENCE);

    @Inject
    Sql sql;

    @Inject
    Invoicing invoicing;

    @Inject
    ChargingRuns charging;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    /**
     * A claimed run.
     *
     * @param fence makes a late holder harmless: it increases with every claim
     * @param after the last wallet processed so far; the next batch starts after it
     */
    public record Claim(long runId, TenantId tenant, YearMonth month, long fence, UUID after) {

        Claim behind(UUID wallet) {
            return new Claim(runId, tenant, month, fence, wallet);
        }
    }

    /** The instant up to which months can have ended. */
    public Instant reached() {
        return charging.reachedNow();
    }

    /** Returns tenants with an ended month that has no run yet. */
    public List<TenantId> unopened(Instant reached) {
        return Tenancy.in(Scope.WORK, () -> {
            var latest = sql
                    .query(
                            "select tenant, max(month) as month from invoicing_run group by tenant",
                            row -> Map.entry(new TenantId(row.text("tenant")), month(row)))
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
            return tenants.chargeable().stream()
                    .filter(tenant -> !next(tenant, latest.get(tenant.id()), Optional.empty())
                            .to()
                            .isAfter(reached))
                    .map(Tenant::id)
                    .toList();
        });
    }

    /** Opens a run for each ended month of a tenant, including those missed during a downtime. Idempotent. */
    public int open(TenantId id, Instant reached) {
        return Tenancy.in(id, () -> {
            var tenant = tenants.current();
            var window = invoicing.window();
            var latest = sql.first(
                    "select month from work.invoicing_run where tenant = ? order by month desc limit 1",
                    InvoiceRuns::month,
                    id.value());
            var opened = 0;
            var begin = latest.isPresent() ? Optional.<Instant>empty() : invoicing.firstAt();
            for (var period = next(tenant, latest.orElse(null), begin);
                    !period.to().isAfter(reached);
                    period = BillingPeriod.of(period.month().plusMonths(1), tenant.zone())) {
                opened += open(sql, id, period, window);
            }
            return opened;
        });
    }

    /** Opens a run for a month, if it has none. */
    static int open(Sql sql, TenantId tenant, BillingPeriod period, Duration window) {
        return sql.update(
                """
                insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at) values (?, ?, ?, ?, ?)
                on conflict on constraint invoicing_run_month_uq do nothing
                """,
                tenant.value(),
                tenant.role(),
                period.month().atDay(1),
                period.to(),
                period.to().plus(window));
    }

    /** Returns the month after the latest one with a run; without one the first that has documents, or the one in which the tenant started. */
    private static BillingPeriod next(Tenant tenant, @Nullable YearMonth latest, Optional<Instant> first) {
        return latest == null
                ? BillingPeriod.holding(
                        first.filter(tenant.createdAt()::isBefore).orElse(tenant.createdAt()), tenant.zone())
                : BillingPeriod.of(latest.plusMonths(1), tenant.zone());
    }

    /** Claims the next due run without a live worker, months in order for each tenant. */
    public Optional<Claim> claim(Instant reached) {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.first(
                        """
                        with next as (
                          select r.id from invoicing_run r where ${claimable} order by r.month, r.id limit 1
                             for update of r skip locked
                        )
                        update invoicing_run r
                           ${claim}
                          from next n
                         where r.id = n.id
                        returning r.id, r.tenant, r.month, r.fence, r.after_wallet
                        """.replace("${claimable}", CLAIMABLE).replace("${claim}", LeaseSql.CLAIM),
                        InvoiceRuns::claim,
                        reached,
                        settings.node(),
                        settings.charging().lease().toString()));
    }

    /**
     * Records items other than hours and ensures that number series exist, before the batches of a claim.
     *
     * @return false if nothing can be issued, because the reseller's details are missing: the run waits for them
     */
    public boolean begin(Claim claim) {
        try (var actorScope = Actors.enter(ACTOR)) {
            return Tenancy.in(claim.tenant(), () -> {
                if (!invoicing.hasSeller()) {
                    keep(claim, sql.update(WAIT, claim.runId(), claim.fence()));
                    return false;
                }
                var unused = invoicing.prepare(period(claim));
                keep(claim, sql.update(BEGIN, settings.charging().lease().toString(), claim.runId(), claim.fence()));
                return true;
            });
        }
    }

    /**
     * Issues the documents of the next batch of wallets in one transaction; the last batch ends the pass.
     *
     * @return the remaining claim; empty when the pass is over
     * @throws LeaseLostException if another worker has claimed the run in the meantime; nothing was issued
     */
    public Optional<Claim> issueNext(Claim claim) {
        try (var actorScope = Actors.enter(ACTOR)) {
            return Tenancy.in(claim.tenant(), () -> {
                var size = Math.min(settings.charging().batchWallets(), Invoicing.BATCH_MAX);
                var batch = invoicing.issue(
                        new Invoicing.Range(claim.after(), LAST, size), invoicing.numbered(period(claim)));
                progress(claim, batch);
                if (batch.isLast()) {
                    Signals.publish(sql, Signal.Kind.RUN, claim.runId());
                    return Optional.empty();
                }
                return Optional.ofNullable(batch.last()).map(claim::behind);
            });
        }
    }

    private void progress(Claim claim, Invoicing.Batch batch) {
        keep(
                claim,
                sql.update(
                        """
                        update work.invoicing_run r
                           set wallets = r.wallets + ?,
                               documents = r.documents + ?,
                               lines = r.lines + ?,
                               net = r.net + ?,
                               waiting = b.waiting,
                               after_wallet = ?::uuid,
                               state = case when not b.is_last then r.state when b.waiting > 0 then 'WAITING' else 'DONE' end,
                               retry_at = case when b.is_last and b.waiting > 0 then clock_timestamp() + ${patience} end,
                               ended_at = case when b.is_last and b.waiting = 0 then clock_timestamp() end,
                               lease_until = clock_timestamp() + ?::interval,
                               error = null
                          from (select id, waiting + ?::integer as waiting, ?::boolean as is_last
                                  from work.invoicing_run where id = ?) b
                         where r.id = b.id and r.fence = ? and r.state = 'RUNNING'
                        """.replace("${patience}", PATIENCE),
                        batch.wallets(),
                        batch.documents(),
                        batch.lines(),
                        batch.net(),
                        batch.isLast() ? null : batch.last(),
                        settings.charging().lease().toString(),
                        batch.waiting(),
                        batch.isLast(),
                        claim.runId(),
                        claim.fence()));
    }

    private static void keep(Claim claim, int kept) {
        if (kept != 1) {
            throw new LeaseLostException("invoicing run " + claim.runId(), claim.fence());
        }
    }

    /** Parks a failed run, to be retried after a delay that doubles up to an hour. */
    public void park(Claim claim, String error) {
        Tenancy.in(
                claim.tenant(),
                () -> sql.update(
                        "update work.invoicing_run r set state = 'FAILED', error = ?, retry_at = clock_timestamp() + "
                                + LeaseSql.PAUSE + " where id = ? and fence = ? and state = 'RUNNING'",
                        error,
                        claim.runId(),
                        claim.fence()));
    }

    /** Whether a worker would find work now. */
    public boolean hasClaimable(Instant reached) {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.one(
                        "select exists (select from invoicing_run r where " + CLAIMABLE + ") any",
                        row -> row.flag("any"),
                        reached));
    }

    /** Deletes the runs of a tenant that is being removed; otherwise another tenant of that name would inherit them. */
    public int forget(TenantId tenant) {
        return Tenancy.in(Scope.WORK, () -> sql.update("delete from invoicing_run where tenant = ?", tenant.value()));
    }

    /** Makes failed and waiting runs of all tenants eligible for an immediate retry. The caller checks the permission. */
    public int retryAll() {
        return Tenancy.in(Scope.WORK, () -> sql.update("""
                update invoicing_run set retry_at = clock_timestamp() where state in ('FAILED', 'WAITING')
                """));
    }

    private BillingPeriod period(Claim claim) {
        return BillingPeriod.of(claim.month(), tenants.current().zone());
    }

    private static YearMonth month(Row row) {
        return YearMonth.from(row.date("month"));
    }

    private static Claim claim(Row row) {
        return new Claim(
                row.big("id"),
                new TenantId(row.text("tenant")),
                month(row),
                row.big("fence"),
                row.maybeUuid("after_wallet").orElse(FIRST));
    }
}
