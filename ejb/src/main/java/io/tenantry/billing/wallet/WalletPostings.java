package io.tenantry.billing.wallet;

import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.UUID;

/** Postings of wallets: each changes the stored balance relatively, under the wallet's row lock, and states the balance after it. */
final class WalletPostings {
    private static final String LOCK = "select id from wallet where id = ? for no key update";

    private static final String MOVE =
            "update wallet set balance = balance + ?, version = version + 1 where id = ? returning balance, currency";

    private final Sql sql;
    private final Ledger ledger;
    private final Event<WalletBalanceChanged> moved;

    WalletPostings(Sql sql, Ledger ledger, Event<WalletBalanceChanged> moved) {
        this.sql = sql;
        this.ledger = ledger;
        this.moved = moved;
    }

    /** Locks a wallet before an entry gets its number, so that the entry numbers of a wallet ascend in the order of its balances. */
    void lock(UUID walletId) {
        if (sql.query(LOCK, row -> row.uuid("id"), walletId).isEmpty()) {
            throw new IllegalArgumentException("no wallet " + walletId);
        }
    }

    /** Posts a change between the wallet and another account of the tenant, and notifies observers. */
    void post(long entry, UUID walletId, AccountKind counterpart, Money change) {
        book(entry, walletId, counterpart, change);
        moved.fire(new WalletBalanceChanged(walletId));
    }

    /** Same as {@link #post(long, UUID, AccountKind, Money)}, without notifying observers. */
    void book(long entry, UUID walletId, AccountKind counterpart, Money change) {
        var balance = shift(walletId, change);
        var other = ledger.account(counterpart, change.currency());
        if (change.isPositive()) {
            ledger.transfer(entry, walletId, Optional.of(balance), other, Optional.empty(), change);
        } else {
            ledger.transfer(entry, other, Optional.empty(), walletId, Optional.of(balance), change.negated());
        }
    }

    /** Posts a change between the wallet and revenue, with its tax, and notifies observers by that event. */
    void post(long entry, WalletBalanceChanged event, Money change, Optional<ItemTaxCalculation> terms) {
        terms.ifPresentOrElse(
                bears -> book(entry, event.walletId(), change, bears),
                () -> book(entry, event.walletId(), AccountKind.REVENUE, change));
        moved.fire(event);
    }

    /** Posts a change between the wallet and revenue, with its tax. */
    void book(long entry, UUID walletId, Money change, ItemTaxCalculation bears) {
        var whole = bears.whole(change);
        var balance = shift(walletId, whole);
        ledger.leg(entry, walletId, Optional.of(balance), whole);
        ledger.leg(
                entry,
                ledger.account(AccountKind.REVENUE, change.currency()),
                Optional.empty(),
                whole.minus(bears.tax()).negated());
        if (!bears.tax().isZero()) {
            ledger.leg(
                    entry,
                    ledger.account(AccountKind.TAX, change.currency()),
                    Optional.empty(),
                    bears.tax().negated());
        }
        bears.note(sql, entry, change);
    }

    /** Changes the balance and returns the new one. */
    private Money shift(UUID walletId, Money change) {
        var balance = sql.one(MOVE, row -> Wallets.money(row, "balance"), change.amount(), walletId);
        if (!balance.currency().equals(change.currency())) {
            throw new IllegalArgumentException(
                    "wallet " + walletId + " holds " + balance.currency() + ", not " + change.currency());
        }
        return balance;
    }
}
