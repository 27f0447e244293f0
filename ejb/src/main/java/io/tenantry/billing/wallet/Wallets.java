package io.tenantry.billing.wallet;

import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Wallets of the current tenant: opens them, moves money, and reads their balances. A wallet is a ledger account whose balance is stored
 * beside its postings, and is changed only relatively and under the wallet's row lock. It may become negative: consumption is always recorded.
 *
 * <p>Joins the caller's transaction; the calling use cases check permissions.
 */
@ApplicationScoped
public class Wallets {
    static final String MANUAL = "manual";

    private static final String WRITE_OFF = "write-off";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Ledger ledger;

    @Inject
    Event<WalletBalanceChanged> moved;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public Wallets() {}

    /** For read access outside a container. */
    public Wallets(Sql sql, Clock clock, Ledger ledger) {
        this.sql = sql;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** Source or destination of manually moved money. */
    public enum Counterpart {
        /** Money actually received or paid, such as a bank transfer. */
        CASH(AccountKind.CASH),
        /** A goodwill credit, a correction or a penalty: no money changed hands. */
        ADJUSTMENT(AccountKind.ADJUSTMENT);

        private final AccountKind account;

        Counterpart(AccountKind account) {
            this.account = account;
        }
    }

    /**
     * A manual movement of money.
     *
     * @param walletId which wallet
     * @param amount above zero, in the wallet's currency
     * @param counterpart its source or destination
     * @param reason shown to staff and customer
     * @param idempotencyKey the same key moves money once
     * @param origin where the amount is from
     */
    public record Movement(
            UUID walletId, Money amount, Counterpart counterpart, String reason, String idempotencyKey, Origin origin) {
        /** The maximum amount that a person enters, in currencies like the euro ({@link AmountLimit}). */
        private static final BigDecimal AMOUNT_MAX = new BigDecimal(1_000_000);

        /** Where an amount is from. */
        public enum Origin {
            /** A person entered it, or a program did. */
            ENTERED,
            /** A bank booked it: it is moved however large it is. */
            BANK
        }

        public Movement {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("an amount to move must be above zero, found " + amount);
            }
            if (origin == Origin.ENTERED && amount.compareTo(maximum(amount.currency())) > 0) {
                throw new IllegalArgumentException("an amount to move is limited, found " + amount);
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException("moving money requires a reason");
            }
        }

        /** Creates a movement of an amount that was entered. */
        public Movement(UUID walletId, Money amount, Counterpart counterpart, String reason, String idempotencyKey) {
            this(walletId, amount, counterpart, reason, idempotencyKey, Origin.ENTERED);
        }

        /** Returns the maximum of an amount that is entered. */
        public static Money maximum(Currency currency) {
            return new Money(AmountLimit.of(AMOUNT_MAX, currency), currency);
        }
    }

    /**
     * A wallet as pages show it.
     *
     * @param burnPerHour the current hourly cost of its running services
     * @param creditLimit how far below zero it may go
     * @param held reserved for ordered services; see {@link Reservations}
     */
    public record Balance(
            UUID id,
            UUID organizationId,
            Money balance,
            Money burnPerHour,
            Money creditLimit,
            Money held,
            BalanceStatus alert,
            Optional<String> parked) {

        /** The amount available for new purchases; negative if consumption and reservations exceed the balance. */
        public Money spendable() {
            return balance.plus(creditLimit).minus(held);
        }

        /** Hours until the balance is used up at the current hourly cost; empty if nothing is running. */
        public Optional<Long> runwayHours() {
            if (!burnPerHour.isPositive()) {
                return Optional.empty();
            }
            if (!balance.isPositive()) {
                return Optional.of(0L);
            }
            return Optional.of(
                    balance.amount().divideToIntegralValue(burnPerHour.amount()).longValue());
        }
    }

    /** Status of a wallet's balance. The order corresponds to the number in the database. */
    public enum BalanceStatus {
        OK,
        LOW,
        EMPTY,
        OVER_LIMIT;

        /** Returns the status with that number in the database. */
        public static BalanceStatus of(int number) {
            return values()[number];
        }
    }

    /** Opens a wallet for an organization in a currency; the organization must not have an open one. */
    public UUID open(UUID organizationId, Currency currency) {
        var id = Ids.next(clock);
        ledger.openAccount(id, AccountKind.WALLET, currency);
        sql.update(
                "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, ?, ?)",
                id,
                organizationId,
                currency,
                clock.instant());
        return id;
    }

    /**
     * Credits a wallet.
     *
     * @return the journal entry; empty if the key was used before and nothing was moved now
     */
    public Optional<Long> credit(Movement movement) {
        return move(movement, "CREDIT", movement.amount());
    }

    /**
     * Reverses a manual credit that was assigned to the wrong customer.
     *
     * @param movement the original one, with a new reason and a new key
     * @param entry the entry of the credit
     * @return the journal entry; empty if the key was used before and nothing was moved now
     */
    public Optional<Long> reverse(Movement movement, long entry) {
        postings().lock(movement.walletId());
        var reversal = ledger.open(new Ledger.EntryHeader(
                "REVERSAL", MANUAL, movement.idempotencyKey(), movement.reason(), Optional.of(entry)));
        reversal.ifPresent(number -> postings()
                .post(
                        number,
                        movement.walletId(),
                        movement.counterpart().account,
                        movement.amount().negated()));
        return reversal;
    }

    /** Returns a wallet's debt, zero if there is none. Locks the wallet, so that the debt is unchanged until the transaction ends. */
    public Money debt(UUID walletId) {
        postings().lock(walletId);
        var balance = find(walletId).orElseThrow().balance();
        return Money.zero(balance.currency()).max(balance.negated());
    }

    /**
     * Writes off a wallet's debt or a part of it, which remains unpaid.
     *
     * @param amount above zero and at most the debt
     * @param reason shown to staff and customer
     * @param idempotencyKey the same key writes off once
     * @return the journal entry; empty if the key was used before
     */
    public Optional<Long> writeOff(UUID walletId, Money amount, String reason, String idempotencyKey) {
        var debt = debt(walletId);
        var entry = ledger.open(new Ledger.EntryHeader("CREDIT", WRITE_OFF, idempotencyKey, reason, Optional.empty()));
        entry.ifPresent(number -> {
            if (!amount.isPositive() || amount.compareTo(debt) > 0) {
                throw new IllegalArgumentException(
                        "wallet " + walletId + " owes " + debt + ", of which " + amount + " cannot be written off");
            }
            postings().book(number, walletId, AccountKind.WRITE_OFF, amount);
            moved.fire(new WalletBalanceChanged(walletId, true));
        });
        return entry;
    }

    /** Debits a wallet, like {@link #credit}. */
    public Optional<Long> debit(Movement movement) {
        return move(movement, "DEBIT", movement.amount().negated());
    }

    /** Sets how far below zero a wallet may go. */
    public void limit(UUID walletId, Money creditLimit) {
        if (creditLimit.isNegative()) {
            throw new IllegalArgumentException("a credit limit must not be below zero, found " + creditLimit);
        }
        sql.update(
                "update wallet set credit_limit = ? where id = ? and currency = ?",
                creditLimit.amount(),
                walletId,
                creditLimit.currency());
        moved.fire(new WalletBalanceChanged(walletId));
    }

    /**
     * Same as {@link #limit(UUID, Money)}, if the current limit is the expected one.
     *
     * @return whether it was
     */
    public boolean limit(UUID walletId, Money expected, Money creditLimit) {
        if (creditLimit.isNegative()) {
            throw new IllegalArgumentException("a credit limit must not be below zero, found " + creditLimit);
        }
        var isSet = sql.update(
                        "update wallet set credit_limit = ? where id = ? and currency = ? and credit_limit = ?",
                        creditLimit.amount(),
                        walletId,
                        creditLimit.currency(),
                        expected.amount())
                == 1;
        if (isSet) {
            moved.fire(new WalletBalanceChanged(walletId));
        }
        return isSet;
    }

    /** Returns the wallets of an organization: the one that it pays from, then former ones with a balance or a debt. */
    public List<Balance> ofOrganization(UUID organizationId) {
        return sql.query(
                BALANCES
                        + " where w.organization_id = ? and (w.closed_at is null or w.balance <> 0) order by w.closed_at desc, w.id",
                Wallets::balance,
                clock.instant(),
                organizationId);
    }

    /** Returns the wallet that an organization pays from. */
    public Optional<Balance> paying(UUID organizationId) {
        return sql.first(
                BALANCES + " where w.organization_id = ? and w.closed_at is null",
                Wallets::balance,
                clock.instant(),
                organizationId);
    }

    /** Returns the currency that an organization pays in: the accounting currency, if it has no wallet. */
    public Currency currency(UUID organizationId) {
        return sql.first(
                        "select currency from wallet where organization_id = ? and closed_at is null",
                        row -> Currency.getInstance(row.text("currency")),
                        organizationId)
                .orElseGet(() -> tenants.current().currency());
    }

    /**
     * Makes an organization pay in another currency from now on, from a separate wallet. The previous one is closed, and reopened when the
     * organization returns to its currency.
     *
     * @return false, and nothing is changed, if the wallet has running services, reservations, a balance or a debt
     */
    public boolean change(UUID organizationId, Currency currency) {
        // Locked by a separate statement: one that waits for a lock still reads the state from before the wait.
        sql.query(
                "select id from wallet where organization_id = ? and closed_at is null for no key update",
                row -> row.uuid("id"),
                organizationId);
        var isIdle = sql.first("""
                        select w.balance = 0
                               and not exists (select from open_period_v p where p.wallet_id = w.id)
                               and not exists (select from wallet_reservation h where h.wallet_id = w.id and h.state = 'RESERVED')
                               and not exists (select from service_v s
                                                where s.wallet_id = w.id and s.state not in ('TERMINATED', 'FAILED'))
                               and not exists (select from addon_v o
                                                where o.wallet_id = w.id and o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')) as idle
                          from wallet w
                         where w.organization_id = ? and w.closed_at is null
                        """, row -> row.flag("idle"), organizationId).orElse(true);
        if (!isIdle) {
            return false;
        }
        sql.update(
                "update wallet set closed_at = greatest(opened_at, ?) where organization_id = ? and closed_at is null",
                clock.instant(),
                organizationId);
        var isBack = sql.update(
                "update wallet set closed_at = null where organization_id = ? and currency = ?",
                organizationId,
                currency);
        if (isBack == 0) {
            var unused = open(organizationId, currency);
        }
        return true;
    }

    /** Returns a wallet. */
    public Optional<Balance> find(UUID walletId) {
        return sql.first(BALANCES + " where w.id = ?", Wallets::balance, clock.instant(), walletId);
    }

    private static final String BALANCES = """
            select w.id, w.organization_id, w.balance, w.currency, w.credit_limit, w.balance_status, w.parked,
                   w.hourly_cost burn,
                   (select coalesce(sum(h.amount), 0)
                      from wallet_reservation h
                     where h.wallet_id = w.id and h.state = 'RESERVED' and h.until > ?) held
              from wallet w
            """;

    /** Locks the wallet before the entry gets its number, so that the entry numbers of a wallet ascend in the order of its balances. */
    private Optional<Long> move(Movement movement, String kind, Money change) {
        postings().lock(movement.walletId());
        var entry = ledger.open(
                new Ledger.EntryHeader(kind, MANUAL, movement.idempotencyKey(), movement.reason(), Optional.empty()));
        entry.ifPresent(number -> postings().post(number, movement.walletId(), movement.counterpart().account, change));
        return entry;
    }

    private static Balance balance(Row row) {
        return new Balance(
                row.uuid("id"),
                row.uuid("organization_id"),
                money(row, "balance"),
                money(row, "burn"),
                money(row, "credit_limit"),
                money(row, "held"),
                BalanceStatus.of(row.whole("balance_status")),
                row.maybeText("parked"));
    }

    static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }

    private WalletPostings postings() {
        return new WalletPostings(sql, ledger, moved);
    }
}
