package io.tenantry.billing.wallet;

import java.util.UUID;

/**
 * A wallet's balance changed other than by charging; observed within the same transaction.
 *
 * @param isWriteOff whether a debt was written off, so that it decreased without a payment
 */
public record WalletBalanceChanged(UUID walletId, boolean isWriteOff) {
    /** Creates an event for money that actually moved, or for a change of the spendable amount. */
    public WalletBalanceChanged(UUID walletId) {
        this(walletId, false);
    }
}
