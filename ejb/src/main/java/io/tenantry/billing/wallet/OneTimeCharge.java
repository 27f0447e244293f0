package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import java.util.Optional;
import java.util.UUID;

/**
 * An item other than an hour of a service: a refund for something that was missing, or an additional charge.
 *
 * @param amount the price, above zero, in the wallet's currency; tax may be added to it
 * @param source its origin, for the journal
 * @param reason for files and programs
 * @param idempotencyKey the same key moves money once
 * @param subject the service or add-on that it belongs to and that determines its tax; empty if it belongs to no plan
 */
public record OneTimeCharge(
        UUID walletId, Money amount, String source, String reason, String idempotencyKey, Optional<UUID> subject) {
    /** Creates an item that belongs to no plan. */
    public OneTimeCharge(UUID walletId, Money amount, String source, String reason, String idempotencyKey) {
        this(walletId, amount, source, reason, idempotencyKey, Optional.empty());
    }

    public OneTimeCharge {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("an amount to refund or charge must be above zero, found " + amount);
        }
    }

    /** Whether a source is that of a document that corrects an invoice, which settles the wallet's documents itself. */
    static boolean isCorrection(String source) {
        return source.startsWith("credit-note:") || source.startsWith("debit-note:");
    }

    /** Returns the event for a change of the balance by this item. */
    WalletBalanceChanged balanceChanged() {
        return new WalletBalanceChanged(walletId, false, isCorrection(source));
    }
}
