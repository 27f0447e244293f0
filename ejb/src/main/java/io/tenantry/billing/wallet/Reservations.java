package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/**
 * Money reserved for ordered services, so that it is not spent twice before they are created. It is not in the ledger, which only contains what
 * was consumed. An unused reservation expires automatically.
 *
 * <p>Joins the caller's transaction. Everything happens under the wallet's lock, which a caller takes after its service's.
 */
@ApplicationScoped
public class Reservations {
    private static final String LOCK = """
            select id, organization_id, balance, credit_limit, currency, closed_at is not null as is_closed from wallet where id = ? for no key update
            """;

    private static final String LET_END = """
            update wallet_reservation set state = 'RELEASED', ended_at = until where wallet_id = ? and state = 'RESERVED' and until <= ?
            """;

    private static final String HELD =
            "select coalesce(sum(amount), 0) held from wallet_reservation where wallet_id = ? and state = 'RESERVED'";

    private static final String LENGTHEN = """
            update wallet_reservation set until = greatest(until, ?) where service_id = ? and wallet_id = ? and state = 'RESERVED'
            """;

    private static final String END = """
            update wallet_reservation set state = ?, ended_at = greatest(reserved_at, ?) where service_id = ? and wallet_id = ? and state = 'RESERVED'
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public Reservations() {}

    /** For use outside a container. */
    public Reservations(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    private record LockedReservation(
            UUID id, UUID organizationId, Money balance, Money creditLimit, boolean isClosed) {}

    /**
     * Returns what a wallet pays for the first hours of a plan at an hourly price, including the tax that is charged on top of it: as many hours
     * as the reseller requires to be covered.
     */
    public Money firstHoursOfPlan(UUID walletId, UUID planId, Money hourly) {
        return firstHours(walletId, Optional.of(planId), Optional.empty(), hourly);
    }

    /** Same as {@link #firstHoursOfPlan}, for a service, an add-on, or something that is sold with a service. */
    public Money firstHoursOf(UUID walletId, UUID subjectId, Money hourly) {
        return firstHours(walletId, Optional.empty(), Optional.of(subjectId), hourly);
    }

    private Money firstHours(UUID walletId, Optional<UUID> planId, Optional<UUID> subject, Money hourly) {
        var whole = ItemTaxCalculation.of(
                        sql,
                        walletId,
                        planId,
                        subject,
                        hourly,
                        clock.instant(),
                        tenants.current().zone())
                .map(tax -> tax.whole(hourly))
                .orElse(hourly);
        return whole.times(sql.one("select reserved_hours from order_policy_v", row -> row.whole("reserved_hours")));
    }

    /**
     * Reserves money.
     *
     * @param amount in the wallet's currency; nothing is reserved for free services
     * @param span after which it expires
     * @return empty if it is reserved, or the missing amount: then nothing is reserved
     */
    public Optional<Money> hold(UUID walletId, UUID serviceId, Money amount, Duration span) {
        var wallet = lock(walletId);
        if (!wallet.balance().currency().equals(amount.currency())) {
            throw new IllegalArgumentException(
                    "wallet " + walletId + " holds " + wallet.balance().currency() + ", not " + amount.currency());
        }
        if (wallet.isClosed()) {
            // The organization changed its currency after the order chose this wallet.
            return Optional.of(amount);
        }
        if (!amount.isPositive()) {
            return Optional.empty();
        }
        var now = clock.instant();
        sql.update(LET_END, walletId, now);
        var missing = amount.minus(spendable(wallet));
        if (missing.isPositive()) {
            return Optional.of(missing);
        }
        sql.update(
                "insert into wallet_reservation (id, wallet_id, service_id, amount, reserved_at, until) values (?, ?, ?, ?, ?, ?)",
                Ids.next(clock),
                walletId,
                serviceId,
                amount.amount(),
                now,
                now.plus(span));
        sendAlert(wallet);
        return Optional.empty();
    }

    /**
     * Extends a reservation for that time from now; reserves again if it has expired in the meantime.
     *
     * @return empty if it is reserved, or the missing amount: then nothing is reserved
     */
    public Optional<Money> renew(UUID walletId, UUID serviceId, Money amount, Duration span) {
        lock(walletId);
        var now = clock.instant();
        sql.update(LET_END, walletId, now);
        var isHeld = sql.update(LENGTHEN, now.plus(span), serviceId, walletId) > 0;
        return isHeld ? Optional.empty() : hold(walletId, serviceId, amount, span);
    }

    /**
     * Consumes the reservation of a service that has been created and is charged from now on; works even if it has expired in the meantime.
     *
     * @return whether a reservation existed
     */
    public boolean take(UUID walletId, UUID serviceId) {
        return end(walletId, serviceId, "CAPTURED");
    }

    /** Releases the reservation of a service that will not be created. */
    public boolean release(UUID walletId, UUID serviceId) {
        return end(walletId, serviceId, "RELEASED");
    }

    private boolean end(UUID walletId, UUID serviceId, String state) {
        var wallet = lock(walletId);
        var ended = sql.update(END, state, clock.instant(), serviceId, walletId) > 0;
        if (ended) {
            sendAlert(wallet);
        }
        return ended;
    }

    /** Valid only after all expired reservations have been released. */
    private Money spendable(LockedReservation wallet) {
        var held = sql.one(HELD, row -> row.decimal("held"), wallet.id());
        return wallet.balance()
                .plus(wallet.creditLimit())
                .minus(new Money(held, wallet.balance().currency()));
    }

    private LockedReservation lock(UUID walletId) {
        return sql.first(LOCK, Reservations::locked, walletId)
                .orElseThrow(() -> new IllegalArgumentException("no wallet " + walletId));
    }

    private void sendAlert(LockedReservation wallet) {
        Signals.publish(sql, Signal.Kind.BALANCE, wallet.organizationId());
    }

    private static LockedReservation locked(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new LockedReservation(
                row.uuid("id"),
                row.uuid("organization_id"),
                new Money(row.decimal("balance"), currency),
                new Money(row.decimal("credit_limit"), currency),
                row.flag("is_closed"));
    }
}
