package io.tenantry.billing.wallet;

import java.util.UUID;

/**
 * Money came to or left a wallet other than by charging; heard within the same transaction.
 *
 * @param isWriteOff whether a debt was written off, so that it is less and nobody paid
 */
public record WalletBalanceChanged(UUID walletId, boolean isWriteOff) {
    /** Money that really moved, or what may be spent did. */
    public WalletBalanceChanged(UUID walletId) {
        this(walletId, false);
    }
}
