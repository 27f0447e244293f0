package io.tenantry.settlement;

import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.charging.LeaseLostException;
import io.tenantry.billing.charging.LeaseSql;
import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.config.Settings;
import io.tenantry.kernel.time.Ids;
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
import java.time.Clock;
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
 * The record of settlement runs: which month of which reseller is settled, and which worker holds it. A run is one month of one reseller,
 * claimed under a lease with a fencing number. A worker may die between its two halves, the tenant's ({@link WholesaleUsage}) and the
 * platform's: the first half is kept as it was left, the second checks the fencing number and ends the run in the transaction that issues the
 * document.
 *
 * <p>Each method is a separate transaction of the platform.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SettlementRuns {
    private static final Actor ACTOR = Actor.system("settlement");

    private static final String CLAIMABLE = """
            r.due_at <= ?
            and a.closed_at is null
            and ${free}
            and not exists (select from settlement_run e
                             where e.account_id = r.account_id and e.month < r.month and e.state <> 'DONE')
            """.replace("${free}", LeaseSql.FREE);

    private static final String CLAIM = """
            with next as (
              select r.id, a.tenant
                from settlement_run r
                join reseller_ledger_account a on a.id = r.account_id
               where ${claimable}
               order by r.month, r.id limit 1
                 for update of r skip locked
            )
            update settlement_run r
               ${claim}
              from next n
             where r.id = n.id
            returning r.id, r.account_id, n.tenant, r.month, r.period_from, r.period_to, r.since, r.fence
            """.replace("${claimable}", CLAIMABLE).replace("${claim}", LeaseSql.CLAIM);

    private static final String OPEN = """
            insert into settlement_run (id, account_id, month, since, period_from, period_to, due_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict on constraint settlement_run_month_uq do nothing
            """;

    private static final String END = """
            update settlement_run
               set state = 'DONE', ended_at = clock_timestamp(), error = null
             where id = ? and fence = ? and state = 'RUNNING'
            """;

    private static final String STOP = """
            update settlement_run r
               set state = ?, error = ?, retry_at = clock_timestamp() + ${pause}
             where id = ? and fence = ? and state = 'RUNNING'
            """.replace("${pause}", LeaseSql.PAUSE);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    TenantDirectory tenants;

    @Inject
    ChargingRuns charging;

    @Inject
    ResellerAccounts accounts;

    @Inject
    Settlements settlements;

    /**
     * A claimed run.
     *
     * @param since the start of the first month that is settled with the reseller
     * @param fence the fencing number, which makes a late holder harmless: it rises with every claim
     */
    public record Claim(UUID runId, UUID accountId, TenantId tenant, BillingPeriod period, Instant since, long fence) {}

    private record Policy(Duration window, Optional<YearMonth> first) {}

    private record Latest(YearMonth month, Instant since) {}

    /** Returns the instant up to which months can have ended. */
    public Instant reached() {
        return charging.reachedNow();
    }

    /** Returns resellers with an ended month that has no run yet. */
    public List<Tenant> unopened(Instant reached) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            var latest = sql
                    .query("""
                            select a.tenant, max(r.month) as month
                              from settlement_run r
                              join reseller_ledger_account a on a.id = r.account_id and a.closed_at is null
                             group by a.tenant
                            """, row -> Map.entry(new TenantId(row.text("tenant")), YearMonth.from(row.date("month"))))
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
            return tenants.chargeable().stream()
                    .filter(tenant ->
                            !next(tenant, latest.get(tenant.id())).to().isAfter(reached))
                    .toList();
        });
    }

    private BillingPeriod next(Tenant tenant, @Nullable YearMonth latest) {
        return latest == null ? first(tenant, policy()) : BillingPeriod.of(latest.plusMonths(1), tenant.zone());
    }

    private Policy policy() {
        return sql.one(
                "select window_hours, to_char(first_month, 'YYYY-MM') as first from settlement_policy",
                row -> new Policy(
                        Duration.ofHours(row.whole("window_hours")),
                        row.maybeText("first").map(YearMonth::parse)));
    }

    /** Creates a run of the reseller for each ended month, including those missed during downtime. Idempotent. */
    public int open(Tenant tenant, Instant reached) {
        try (var actorScope = Actors.enter(ACTOR)) {
            return Tenancy.in(Scope.PLATFORM, () -> openNow(tenant, reached));
        }
    }

    private int openNow(Tenant tenant, Instant reached) {
        var window = policy().window();
        var account = accounts.of(tenant).id();
        var latest = sql.first(
                "select month, since from settlement_run where account_id = ? order by month desc limit 1",
                row -> new Latest(YearMonth.from(row.date("month")), row.instant("since")),
                account);
        var period = next(tenant, latest.map(Latest::month).orElse(null));
        var since = latest.map(Latest::since).orElse(period.from());
        var opened = 0;
        while (!period.to().isAfter(reached)) {
            opened += sql.update(
                    OPEN,
                    Ids.next(clock),
                    account,
                    period.month().atDay(1),
                    since,
                    period.from(),
                    period.to(),
                    period.to().plus(window));
            period = BillingPeriod.of(period.month().plusMonths(1), tenant.zone());
        }
        return opened;
    }

    /** Returns the month in which the reseller started, or in which settlements were introduced, if that is later. */
    private static BillingPeriod first(Tenant tenant, Policy policy) {
        var began = BillingPeriod.holding(tenant.createdAt(), tenant.zone());
        return policy.first()
                .filter(began.month()::isBefore)
                .map(month -> BillingPeriod.of(month, tenant.zone()))
                .orElse(began);
    }

    /** Claims the next due run that no live worker holds, months in order for each reseller. */
    public Optional<Claim> claim(Instant reached) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.first(
                        CLAIM,
                        SettlementRuns::claim,
                        reached,
                        settings.node(),
                        settings.charging().lease().toString()));
    }

    /**
     * Issues the document of a calculated month, and ends its run.
     *
     * @return its number; empty if nothing was sold and no fee is due
     * @throws LeaseLostException if another worker holds the run meanwhile; nothing was issued
     */
    public Optional<String> issue(Claim claim, WholesaleStatement wholesaleStatement) {
        try (var actorScope = Actors.enter(ACTOR)) {
            return Tenancy.in(Scope.PLATFORM, () -> {
                endNow(claim);
                return settlements.issue(claim, wholesaleStatement);
            });
        }
    }

    /** Ends a run without a document: its month was settled elsewhere. */
    public void end(Claim claim) {
        Tenancy.in(Scope.PLATFORM, () -> {
            endNow(claim);
            return claim;
        });
    }

    private void endNow(Claim claim) {
        if (sql.update(END, claim.runId(), claim.fence()) != 1) {
            throw new LeaseLostException("settlement run " + claim.runId(), claim.fence());
        }
    }

    /** Postpones a run whose month has hours that are not charged yet. */
    public void putOff(Claim claim) {
        stop(claim, "WAITING", "hours of the month are still to be charged, or a rate of its end is not known");
    }

    /** Parks a run that failed, to be tried again after a pause that doubles up to an hour. */
    public void park(Claim claim, String error) {
        stop(claim, "FAILED", error);
    }

    private void stop(Claim claim, String state, String why) {
        Tenancy.in(Scope.PLATFORM, () -> sql.update(STOP, state, why, claim.runId(), claim.fence()));
    }

    /** Whether a worker would find a run to process now. */
    public boolean hasClaimable(Instant reached) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.one(
                        "select exists (select from settlement_run r join reseller_ledger_account a on a.id = r.account_id where "
                                + CLAIMABLE + ") any",
                        row -> row.flag("any"),
                        reached));
    }

    /** Makes failed and waiting runs of all resellers due at once. The caller checks the permission. */
    public int retryAll() {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update(
                        "update settlement_run set retry_at = clock_timestamp() where state in ('FAILED', 'WAITING')"));
    }

    /** Closes the accounts of a tenant that is being removed, so that another of that name inherits nothing. */
    public int forget(TenantId tenant) {
        return Tenancy.in(Scope.PLATFORM, () -> accounts.close(tenant));
    }

    private static Claim claim(Row row) {
        return new Claim(
                row.uuid("id"),
                row.uuid("account_id"),
                new TenantId(row.text("tenant")),
                new BillingPeriod(
                        YearMonth.from(row.date("month")), row.instant("period_from"), row.instant("period_to")),
                row.instant("since"),
                row.big("fence"));
    }
}
