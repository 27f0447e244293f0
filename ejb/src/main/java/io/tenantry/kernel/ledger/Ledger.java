package io.tenantry.kernel.ledger;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/**
 * The ledger of one tenant. Amounts are signed: positive is credit, negative is debit, and every entry sums to zero. Nothing is ever changed; a
 * correction is a new entry that reverses an old one.
 *
 * <p>Joins the caller's transaction. Money on wallets moves through {@code Wallets}, which keeps their balances in step.
 */
@ApplicationScoped
public class Ledger {
    private static final String OPEN_ENTRY = """
            insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason, reverses)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict on constraint journal_entry_key_uq do nothing
            returning id
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public Ledger() {}

    /** For use outside a container. */
    public Ledger(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The kind of value an account holds; there is one account of each kind and currency, but any number of wallets. */
    public enum AccountKind {
        WALLET,
        REVENUE,
        CASH,
        ADJUSTMENT,
        ROUNDING,
        /** Tax due to states. */
        TAX,
        /** Debts of customers that will not be paid. */
        WRITE_OFF
    }

    /**
     * The header of an entry.
     *
     * @param kind {@code CREDIT}, {@code DEBIT} or {@code REVERSAL}
     * @param source what caused it, such as {@code staff:...}
     * @param idempotencyKey makes a repeated request one fact
     * @param reason why; shown to staff and customer
     * @param reverses the reversed entry, for reversals
     */
    public record EntryHeader(
            String kind, String source, String idempotencyKey, String reason, Optional<Long> reverses) {}

    /** Opens an account with the given id. */
    public void openAccount(UUID id, AccountKind kind, Currency currency) {
        sql.update(
                "insert into ledger_account (id, kind, currency, opened_at) values (?, ?, ?, ?)",
                id,
                kind,
                currency,
                clock.instant());
    }

    /** Returns the single account of a kind and currency; opened on first use. */
    public UUID account(AccountKind kind, Currency currency) {
        return find(kind, currency).orElseGet(() -> {
            sql.update("""
                    insert into ledger_account (id, kind, currency, opened_at) values (?, ?, ?, ?)
                    on conflict (kind, currency) where kind <> 'WALLET' do nothing
                    """, UUID.randomUUID(), kind, currency, clock.instant());
            return find(kind, currency).orElseThrow();
        });
    }

    /**
     * Opens an entry, unless its idempotency key is already used.
     *
     * @return the entry's number; empty if the key was used: the fact is already posted, post nothing
     */
    public Optional<Long> open(EntryHeader entryHeader) {
        var now = clock.instant();
        return sql.first(
                OPEN_ENTRY,
                row -> row.big("id"),
                entryHeader.kind(),
                entryHeader.source(),
                entryHeader.idempotencyKey(),
                now,
                now,
                Actors.require().name(),
                entryHeader.reason(),
                entryHeader.reverses().orElse(null));
    }

    /**
     * Adds both postings of an entry just opened: credit to one account, debit to the other.
     *
     * @param creditBalance the credited account's balance after it, if it is a wallet's
     * @param debitBalance the debited account's balance after it, if it is a wallet's
     */
    public void transfer(
            long entry,
            UUID credited,
            Optional<Money> creditBalance,
            UUID debited,
            Optional<Money> debitBalance,
            Money amount) {
        sql.update(
                """
                insert into posting (entry_id, account_id, currency, amount, balance_after)
                values (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)
                """,
                entry,
                credited,
                amount.currency(),
                amount.amount(),
                creditBalance.map(Money::amount).orElse(null),
                entry,
                debited,
                amount.currency(),
                amount.negated().amount(),
                debitBalance.map(Money::amount).orElse(null));
    }

    /**
     * Adds one posting of an entry just opened; the others must follow, so that it sums to zero.
     *
     * @param balance the account's balance after it, if it is a wallet's
     * @param amount positive is credit
     */
    public void leg(long entry, UUID account, Optional<Money> balance, Money amount) {
        sql.update(
                "insert into posting (entry_id, account_id, currency, amount, balance_after) values (?, ?, ?, ?, ?)",
                entry,
                account,
                amount.currency(),
                amount.amount(),
                balance.map(Money::amount).orElse(null));
    }

    private Optional<UUID> find(AccountKind kind, Currency currency) {
        return sql.first(
                "select id from ledger_account where kind = ? and kind <> 'WALLET' and currency = ?",
                row -> row.uuid("id"),
                kind,
                currency);
    }
}
