package io.tenantry.charging;

import io.tenantry.ledger.Ledger;
import io.tenantry.ledger.Ledger.AccountKind;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.wallet.WalletMoved;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Charges services for the hours they start. A service's open rated period is its watermark: charging extends it, and what is
 * due is derived from it and nothing else, so whatever is repeated finds nothing due. Everything that touches a wallet or its
 * rated periods locks the wallet first, wallets in id order.
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
     * What a batch did.
     *
     * @param last the greatest wallet id of the batch; null if the range held no wallet with something running
     * @param isLast whether the range is exhausted
     */
    public record Batch(Charged charged, @Nullable UUID last, boolean isLast) {}

    private record Step(Charged charged, int rolls) {}

    /** A wallet with something running; a parked one is passed over. */
    private record Next(UUID wallet, boolean chargeable) {}

    /** Makes sure that there is an account for what is charged; once before wallets are charged. */
    public void prepare() {
        ledger.account(AccountKind.REVENUE, tenants.current().currency());
    }

    /**
     * Charges the next wallets of a range for all hours that start before the instant. The books must be prepared.
     *
     * @param source what asks, for the journal; with the range it also makes the entry's key
     */
    public Batch chargeWallets(Range range, Instant until, String source) {
        sql.query(ChargingSql.STEADY_PLANS, row -> 0);
        var found = sql.query(ChargingSql.LOCK_WALLETS, Charging::next, range.after(), range.to(), range.limit() + 1);
        if (found.isEmpty()) {
            return new Batch(Charged.NOTHING, null, true);
        }
        var next = found.subList(0, Math.min(found.size(), range.limit()));
        var wallets = next.stream().filter(Next::chargeable).map(Next::wallet).toArray(UUID[]::new);
        var key = source + ":" + next.get(0).wallet();
        var charged = charge(ChargingSql.CHARGE_WALLETS, ChargingSql.ROLL_WALLETS, wallets, until, key);
        return new Batch(charged, next.get(next.size() - 1).wallet(), found.size() <= range.limit());
    }

    /**
     * Opens a service's first rated period and charges its first hour.
     *
     * @param priceVersionId the version the customer accepted, in the wallet's currency
     */
    public void activate(UUID serviceId, UUID walletId, UUID priceVersionId, Instant activatedAt) {
        lock(walletId);
        var zone = zone();
        if (sql.update(ChargingSql.OPEN_FIRST, serviceId, activatedAt, zone.getId(), walletId, priceVersionId) != 1) {
            throw new IllegalArgumentException("service " + serviceId + ": no wallet " + walletId
                    + " and price version " + priceVersionId + " in one currency");
        }
        chargeService(serviceId, activatedAt.plusNanos(1_000), "service:" + serviceId + ":activated");
        look(walletId);
    }

    /** Charges a service up to the instant, closes its rated period and opens the next at another price. */
    public void changePrice(UUID serviceId, UUID walletId, UUID priceVersionId, Instant at) {
        lock(walletId);
        chargeService(serviceId, at, "service:" + serviceId + ":until:" + at);
        var closed = closeOpen(serviceId);
        var source = "service:" + serviceId + ":changed:" + closed;
        step(ChargingSql.OPEN_CHANGED, parameters(List.of(closed, priceVersionId), source, source, at));
        look(walletId);
    }

    /** Charges a service's last started hour and closes its rated period. */
    public void end(UUID serviceId, UUID walletId, Instant endedAt) {
        lock(walletId);
        chargeService(serviceId, endedAt, "service:" + serviceId + ":ended");
        closeOpen(serviceId);
        look(walletId);
    }

    void walletMoved(@Observes WalletMoved event) {
        look(event.walletId());
    }

    private void chargeService(UUID serviceId, Instant until, String source) {
        prepare();
        charge(ChargingSql.CHARGE_SERVICE, ChargingSql.ROLL_SERVICE, serviceId, until, source);
    }

    /** Charges, and as long as a month ends before the instant, opens the next month's periods and charges those. */
    private Charged charge(String charge, String roll, Object which, Instant until, String source) {
        var key = source + ":" + until;
        var step = step(charge, parameters(List.of(until, until, which, until), source, key, until));
        var all = step.charged();
        for (var month = 1; step.rolls() > 0; month++) {
            sql.update(roll, which, until, zone().getId());
            step = step(charge, parameters(List.of(until, until, which, until), source, key + ":" + month, until));
            all = all.plus(step.charged());
        }
        return all;
    }

    private Object[] parameters(List<Object> head, String source, String key, Instant effectiveAt) {
        var now = clock.instant();
        var all = new ArrayList<>(head);
        all.addAll(List.of(source, key, effectiveAt, now, Actors.require().name(), now));
        return all.toArray();
    }

    private Step step(String statement, Object[] parameters) {
        return sql.one(statement, Charging::step, parameters);
    }

    private static Step step(Row row) {
        return new Step(
                new Charged(row.whole("wallets"), row.whole("services"), row.big("hours"), row.decimal("amount")),
                row.whole("rolls"));
    }

    private static Next next(Row row) {
        return new Next(row.uuid("id"), row.flag("chargeable"));
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

    private void look(UUID walletId) {
        var now = clock.instant();
        sql.update(ChargingSql.LOOK_AT_WALLET, walletId, now, now);
    }

    private ZoneId zone() {
        return tenants.current().zone();
    }
}
