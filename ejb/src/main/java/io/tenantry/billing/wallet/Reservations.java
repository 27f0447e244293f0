package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/**
 * Money that is set aside for services on their way, so that it is not spent twice before they come up. It is not in the books: those
 * tell of what was consumed. A hold that nobody takes ends by itself.
 *
 * <p>Joins the caller's transaction. Everything happens under the wallet's lock, which a caller takes after its service's.
 */
@ApplicationScoped
public class Reservations {
    private static final String LOCK = """
            select id, organization_id, balance, credit_limit, currency from wallet where id = ? for no key update
            """;

    private static final String LET_END = """
            update wallet_reservation set state = 'RELEASED', ended_at = until where wallet_id = ? and state = 'HELD' and until <= ?
            """;

    private static final String HELD =
            "select coalesce(sum(amount), 0) held from wallet_reservation where wallet_id = ? and state = 'HELD'";

    private static final String LENGTHEN = """
            update wallet_reservation set until = greatest(until, ?) where service_id = ? and wallet_id = ? and state = 'HELD'
            """;

    private static final String END = """
            update wallet_reservation set state = ?, ended_at = greatest(held_at, ?) where service_id = ? and wallet_id = ? and state = 'HELD'
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public Reservations() {}

    /** For use outside a container. */
    public Reservations(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Locked(UUID id, UUID organizationId, Money balance, Money creditLimit) {}

    /** What the first hours cost of what costs so much an hour: as many as the reseller wants to be sure of. */
    public Money atFirst(Money hourly) {
        return hourly.times(sql.one("select reserved_hours from order_policy_v", row -> row.whole("reserved_hours")));
    }

    /**
     * Sets money aside.
     *
     * @param amount in the wallet's currency; nothing is held for what costs nothing
     * @param span after which it ends by itself
     * @return empty if it is held, or how much is missing: then nothing is
     */
    public Optional<Money> hold(UUID walletId, UUID serviceId, Money amount, Duration span) {
        var wallet = lock(walletId);
        if (!wallet.balance().currency().equals(amount.currency())) {
            throw new IllegalArgumentException(
                    "wallet " + walletId + " holds " + wallet.balance().currency() + ", not " + amount.currency());
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
                "insert into wallet_reservation (id, wallet_id, service_id, amount, held_at, until) values (?, ?, ?, ?, ?, ?)",
                Ids.next(clock),
                walletId,
                serviceId,
                amount.amount(),
                now,
                now.plus(span));
        tell(wallet);
        return Optional.empty();
    }

    /**
     * Goes on holding it, for that long from now; anew if it has ended meanwhile.
     *
     * @return empty if it is held, or how much is missing: then nothing is
     */
    public Optional<Money> renew(UUID walletId, UUID serviceId, Money amount, Duration span) {
        lock(walletId);
        var now = clock.instant();
        sql.update(LET_END, walletId, now);
        var isHeld = sql.update(LENGTHEN, now.plus(span), serviceId, walletId) > 0;
        return isHeld ? Optional.empty() : hold(walletId, serviceId, amount, span);
    }

    /**
     * The service came up: from now on it is charged, and nothing is held for it. Also one whose hold has ended meanwhile.
     *
     * @return whether anything was held
     */
    public boolean take(UUID walletId, UUID serviceId) {
        return end(walletId, serviceId, "TAKEN");
    }

    /** The service will not come up. */
    public boolean release(UUID walletId, UUID serviceId) {
        return end(walletId, serviceId, "RELEASED");
    }

    private boolean end(UUID walletId, UUID serviceId, String state) {
        var wallet = lock(walletId);
        var ended = sql.update(END, state, clock.instant(), serviceId, walletId) > 0;
        if (ended) {
            tell(wallet);
        }
        return ended;
    }

    /** Once all that is past its end is released. */
    private Money spendable(Locked wallet) {
        var held = sql.one(HELD, row -> row.decimal("held"), wallet.id());
        return wallet.balance()
                .plus(wallet.creditLimit())
                .minus(new Money(held, wallet.balance().currency()));
    }

    private Locked lock(UUID walletId) {
        return sql.first(LOCK, Reservations::locked, walletId)
                .orElseThrow(() -> new IllegalArgumentException("no wallet " + walletId));
    }

    private void tell(Locked wallet) {
        Signals.publish(sql, Signal.Kind.BALANCE, wallet.organizationId());
    }

    private static Locked locked(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new Locked(
                row.uuid("id"),
                row.uuid("organization_id"),
                new Money(row.decimal("balance"), currency),
                new Money(row.decimal("credit_limit"), currency));
    }
}
