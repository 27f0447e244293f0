package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import java.util.Optional;
import java.util.UUID;

/** What happened to a wallet before, for forms that were displayed earlier. Constant while the wallet is locked. */
public final class WalletHistory {
    private final Sql sql;

    public WalletHistory(Sql sql) {
        this.sql = sql;
    }

    /** Whether the organization pays from another wallet since a change of its currency. */
    public boolean isClosed(UUID walletId) {
        return sql.one(
                "select closed_at is not null as closed from wallet where id = ?", row -> row.flag("closed"), walletId);
    }

    /** Returns by how much a manual movement changed the wallet: below zero for a debit; empty if none used the key. */
    public Optional<Money> moved(UUID walletId, String idempotencyKey) {
        return sql.first("""
                select p.amount, w.currency
                  from journal_entry e
                  join posting p on p.entry_id = e.id
                  join wallet w on w.id = p.account_id
                 where e.source = ? and e.idempotency_key = ? and w.id = ?
                """, row -> Wallets.money(row, "amount"), Wallets.MANUAL, idempotencyKey, walletId);
    }
}
