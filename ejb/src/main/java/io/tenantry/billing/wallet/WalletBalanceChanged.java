package io.tenantry.billing.wallet;

import java.util.UUID;

/**
 * A wallet's balance changed other than by charging; observed within the same transaction.
 *
 * @param isWriteOff whether a debt was written off, so that it decreased without a payment
 * @param isCorrection whether it is part of a document that corrects an invoice and is not written yet: the wallet's documents are settled with it
 */
public record WalletBalanceChanged(UUID walletId, boolean isWriteOff, boolean isCorrection) {
    /** Creates an event for money that actually moved, or for a change of the spendable amount. */
    public WalletBalanceChanged(UUID walletId) {
        this(walletId, false, false);
    }

    /** Creates an event for money that actually moved, or for a debt that was written off. */
    public WalletBalanceChanged(UUID walletId, boolean isWriteOff) {
        this(walletId, isWriteOff, false);
    }
}
