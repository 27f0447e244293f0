package io.tenantry.billing.charging;

import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.query.CurrencyAmounts;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Charges services for the hours they start. A service's open rated period is its watermark: charging extends it, and the amount due is derived
 * only from it, so a repeated charge finds nothing due. Every operation on a wallet or its rated periods locks the wallet first, wallets in id
 * order.
 *
 * <p>Joins the caller's transaction, which must belong to a tenant.
 */
@ApplicationScoped
public class Charging {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Ledger ledger;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public Charging() {}

    /** For use outside a container. */
    public Charging(Sql sql, Clock clock, Ledger ledger, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.ledger = ledger;
        this.tenants = tenants;
    }

    /**
     * A range of wallets, at most {@code limit} of which are charged at once.
     *
     * @param after wallets with a greater id
     * @param to wallets up to and including this id
     */
    public record Range(UUID after, UUID to, int limit) {}

    /**
     * Result of a batch.
     *
     * @param last the greatest wallet id of the batch; null if the range held no wallet with a running service
     * @param isLast whether the range is exhausted
     */
    public record Batch(ChargeTotals charged, @Nullable UUID last, boolean isLast) {}

    /** What became of a run that was to be charged at once. */
    public enum RunOutcome {
        /** It is done. */
        CHARGED,
        /** It is no longer open, or another worker holds it. */
        TAKEN,
        /** It must be cut into slices: its wallets do not fit in a batch, or the tenant is charged for the first time. */
        LARGE
    }

    /** Ensures that the ledger account for charges exists; called once before wallets are charged. */
    public void prepare() {
        ledger.account(AccountKind.REVENUE, tenants.current().currency());
    }

    /**
     * Charges the next wallets of a range for all hours that start before the instant. Requires {@link #prepare}.
     *
     * @param source the cause, for the journal; with the range it also forms the entry's key
     */
    public Batch chargeWallets(Range range, Instant until, String source) {
        return sql.one(
                ChargingSql.CHARGE_WALLETS,
                Charging::batch,
                range.after(),
                range.to(),
                range.limit(),
                until,
                zone().getId(),
                source,
                Actors.require().name(),
                clock.instant());
    }

    /**
     * Charges the next wallets of a claimed slice, counts its progress and renews the claim. Requires {@link #prepare}.
     *
     * @param lease how long the claim is valid from now on
     * @throws LeaseLostException if another worker has claimed the slice in the meantime; nothing is charged
     */
    public Batch chargeSlice(ChargingRuns.Claim claim, int batchWallets, Duration lease) {
        return sql.one(
                        ChargingSql.CHARGE_SLICE,
                        row -> row.flag("kept") ? Optional.of(batch(row)) : Optional.<Batch>empty(),
                        claim.sliceId(),
                        claim.fence(),
                        lease.toString(),
                        claim.after(),
                        claim.to(),
                        batchWallets,
                        claim.until(),
                        zone().getId(),
                        "run:" + claim.runId() + ":" + claim.sliceId() + ":" + claim.fence(),
                        Actors.require().name(),
                        clock.instant())
                .orElseThrow(() -> new LeaseLostException("slice " + claim.sliceId(), claim.fence()));
    }

    /**
     * Charges all wallets of a run that has not been cut into slices, if they fit in a batch, and finishes it.
     *
     * @param waits whether to wait for another worker that holds the run, instead of leaving it to that worker
     * @param batchWallets maximum number of wallets
     * @param node the node of the worker, for the record
     */
    public RunOutcome chargeRun(long runId, boolean waits, int batchWallets, String node) {
        return sql.one(
                ChargingSql.CHARGE_RUN,
                row -> RunOutcome.valueOf(row.text("outcome")),
                runId,
                waits,
                batchWallets,
                tenants.current().currency(),
                zone().getId(),
                node,
                Actors.require().name(),
                clock.instant());
    }

    /**
     * Opens a service's first rated period and charges its first hour.
     *
     * @param priceVersionId the version the customer accepted, in the wallet's currency
     */
    public void activate(UUID serviceId, UUID walletId, UUID priceVersionId, Instant activatedAt) {
        var until = activatedAt.plusNanos(1_000);
        var source = "service:" + serviceId + ":activated";
        var organization = sql.one(
                        ChargingSql.ACTIVATE,
                        row -> row.maybeUuid("organization"),
                        serviceId,
                        walletId,
                        priceVersionId,
                        activatedAt,
                        until,
                        zone().getId(),
                        source,
                        source + ":" + until,
                        Actors.require().name(),
                        clock.instant())
                .orElseThrow(() -> new IllegalArgumentException("service " + serviceId + ": no wallet " + walletId
                        + " and price version " + priceVersionId + " in one currency"));
        Signals.publish(sql, Signal.Kind.BALANCE, organization);
    }

    /**
     * Charges a service up to the instant, closes its rated period and opens the next at another price. A paused service gets the new price
     * when it is resumed.
     */
    public void changePrice(UUID serviceId, UUID walletId, UUID priceVersionId, Instant at) {
        lock(walletId);
        if (isPaused(serviceId)) {
            return;
        }
        chargeService(serviceId, at, "service:" + serviceId + ":until:" + at);
        var closed = closeOpen(serviceId);
        var source = "service:" + serviceId + ":changed:" + closed;
        sql.query(
                ChargingSql.OPEN_CHANGED,
                row -> 0,
                priceVersionId,
                zone().getId(),
                at,
                closed,
                source,
                source,
                at,
                Actors.require().name(),
                clock.instant());
        inspect(walletId);
        if (sql.one(ChargingSql.HAS_MORE, row -> row.flag("known"), serviceId)) {
            follow(walletId, at);
        }
    }

    /**
     * Applies the tax of another plan to a server's add-ons from the instant on, after the server changed its plan or the add-ons their server.
     */
    public void follow(UUID walletId, Instant at) {
        if (sql.one(ChargingSql.OF_CATEGORIES, row -> row.flag("known"))) {
            changeTax(walletId, at);
        }
    }

    /**
     * Computes what a price change at the instant would charge immediately: for the hour in progress, if the new price is higher than all
     * prices that applied to that hour. Reads only.
     *
     * @return the surcharge for each monthly price, in the service's currency; empty if the service is not charged
     */
    public Optional<UnaryOperator<Money>> surcharges(UUID serviceId, Instant at) {
        var zone = zone();
        return sql.first(
                        ChargingSql.OPEN_PERIOD,
                        row -> open(row).chargedOver(at, money(row, "monthly"), zone),
                        serviceId)
                .map(period -> monthly -> period.changedTo(at, monthly).amount());
    }

    private static Rating.Period open(Row row) {
        return new Rating.Period(
                row.instant("starts_at"),
                row.instant("month_ends_at"),
                row.whole("hours"),
                HourlyRate.ofMonthly(money(row, "monthly")),
                money(row, "in_progress"),
                money(row, "surcharge"),
                money(row, "month_cap"),
                money(row, "cap"));
    }

    /**
     * Charges a service's last started hour and nothing more, until {@link #resume}.
     *
     * @param serviceId of a service, not of an add-on
     */
    public void pause(UUID serviceId, UUID walletId, Instant at) {
        lock(walletId);
        chargeService(serviceId, at, "service:" + serviceId + ":paused");
        sql.update(
                "insert into charge_pause (closed_id, service_id, paused_at) values (?, ?, ?)",
                closeOpen(serviceId),
                serviceId,
                at);
        inspect(walletId);
    }

    /**
     * Charges a service again at its current price: from the instant on, or from the end of the hour that was charged when it was paused.
     * Within a calendar month it never costs more than its highest price in that month, paused or not.
     *
     * @return false if it is not paused: then nothing is done
     */
    public boolean resume(UUID serviceId, UUID walletId, Instant at) {
        lock(walletId);
        if (!isPaused(serviceId)) {
            return false;
        }
        sql.update(ChargingSql.OPEN_RESUMED, at, serviceId, zone().getId());
        chargeService(serviceId, at.plusNanos(1_000), "service:" + serviceId + ":resumed");
        inspect(walletId);
        return true;
    }

    private boolean isPaused(UUID serviceId) {
        return sql.first(
                        "select closed_id from charge_pause where service_id = ? and resumed_at is null",
                        row -> row.big("closed_id"),
                        serviceId)
                .isPresent();
    }

    /** Charges a service's last started hour and closes its rated period; does neither for a paused service. */
    public void end(UUID serviceId, UUID walletId, Instant endedAt) {
        var source = "service:" + serviceId + ":ended";
        var ended = sql.one(
                ChargingSql.END,
                row -> new Ended(row.text("outcome"), row.maybeUuid("organization")),
                serviceId,
                walletId,
                endedAt,
                zone().getId(),
                source,
                source + ":" + endedAt,
                Actors.require().name(),
                clock.instant());
        switch (ended.outcome()) {
            case "ENDED" ->
                Signals.publish(sql, Signal.Kind.BALANCE, ended.organization().orElseThrow());
            case "PAUSED" -> {}
            case "NO_WALLET" -> throw new IllegalArgumentException("no wallet " + walletId);
            default -> throw new IllegalStateException("service " + serviceId + " has no open rated period");
        }
    }

    /** What {@code end_service} returns. */
    private record Ended(String outcome, Optional<UUID> organization) {}

    /**
     * Charges a wallet up to the instant, and applies the organization's tax of that instant to its services from then on. An hour in progress
     * keeps the tax it was charged with.
     *
     * @return the number of services whose tax changed
     */
    public int changeTax(UUID walletId, Instant at) {
        lock(walletId);
        prepare();
        var source = "wallet:" + walletId + ":tax";
        sql.query(
                ChargingSql.CHARGE_WALLET,
                row -> 0,
                walletId,
                at,
                zone().getId(),
                source,
                source + ":" + at,
                Actors.require().name(),
                clock.instant());
        var changed = sql.one(ChargingSql.RETAX_WALLET, row -> row.whole("periods"), walletId, at, zone().getId());
        inspect(walletId);
        return changed;
    }

    void walletMoved(@Observes WalletBalanceChanged event) {
        inspect(event.walletId());
    }

    private void chargeService(UUID serviceId, Instant until, String source) {
        prepare();
        sql.query(
                ChargingSql.CHARGE_SERVICE,
                row -> 0,
                serviceId,
                until,
                zone().getId(),
                source,
                source + ":" + until,
                Actors.require().name(),
                clock.instant());
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }

    private static Batch batch(Row row) {
        return new Batch(
                new ChargeTotals(
                        row.whole("wallets"),
                        row.whole("services"),
                        row.big("hours"),
                        CurrencyAmounts.of(row, "charged_currencies", "charged_amounts")),
                row.maybeUuid("last_wallet").orElse(null),
                row.flag("is_last"));
    }

    private long closeOpen(UUID serviceId) {
        return sql.first(
                        "update rated_period set open = false where service_id = ? and open returning id",
                        row -> row.big("id"),
                        serviceId)
                .orElseThrow(() -> new IllegalStateException("service " + serviceId + " has no open rated period"));
    }

    private void lock(UUID walletId) {
        if (sql.query("select id from wallet where id = ? for no key update", row -> row.uuid("id"), walletId)
                .isEmpty()) {
            throw new IllegalArgumentException("no wallet " + walletId);
        }
    }

    private void inspect(UUID walletId) {
        var now = clock.instant();
        sql.query(ChargingSql.LOOK_AT_WALLET, row -> 0, walletId, now);
        sql.query("select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), walletId)
                .forEach(organization -> Signals.publish(sql, Signal.Kind.BALANCE, organization));
    }

    private ZoneId zone() {
        return tenants.current().zone();
    }
}
