package io.tenantry.billing.wallet;

import io.tenantry.tenancy.Sql;
import java.util.Optional;
import java.util.UUID;

/** Takes wallets out of charging and invoicing while their postings are in doubt. Joins the caller's transaction; asks for no right: part of use cases that did. */
public final class WalletParking {
    private WalletParking() {}

    /**
     * Parks a wallet.
     *
     * @param invariant which of the auditor's does not hold
     * @return false if there is no such wallet, or it was parked before
     */
    public static boolean park(Sql sql, UUID walletId, String invariant) {
        return sql.update("update wallet set parked = ? where id = ? and parked is null", invariant, walletId) == 1;
    }

    /**
     * Lets a wallet take part again.
     *
     * @return the invariant for which it was parked; empty if it was not
     */
    public static Optional<String> release(Sql sql, UUID walletId) {
        return sql.first("""
                update wallet w
                   set parked = null
                  from (select id, parked from wallet where id = ? and parked is not null for no key update) b
                 where w.id = b.id
                returning b.parked
                """, row -> row.text("parked"), walletId);
    }
}
