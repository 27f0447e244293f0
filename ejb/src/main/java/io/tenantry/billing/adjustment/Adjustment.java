package io.tenantry.billing.adjustment;

import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An adjustment as requested, and its outcome.
 *
 * @param organization its name
 * @param counterpart the kind of account that funds it
 * @param amount the amount credited to the wallet, including tax; or the credit limit
 * @param invoice the document whose lines are credited, or which is made void; empty if it is not a document
 * @param reason shown to staff and customer
 * @param askedBy who requested it; empty for the system
 * @param expiresAt until when a second person may approve it; empty if no approval was needed
 * @param isMine whether the current user requested it
 */
public record Adjustment(
        UUID id,
        UUID walletId,
        UUID organizationId,
        String organization,
        Kind kind,
        String counterpart,
        AdjustmentReason ground,
        Money amount,
        Optional<AdjustedDocument> invoice,
        String reason,
        Instant askedAt,
        Optional<UUID> askedBy,
        String askedByName,
        Optional<Instant> expiresAt,
        State state,
        Optional<Decision> decision,
        boolean isMine) {

    /** Kinds of adjustment. */
    public enum Kind {
        /** Money is put into the wallet. */
        CREDIT,
        /** A debt is written off. */
        WRITE_OFF,
        /** Lines of an invoice are credited. */
        CREDIT_NOTE,
        /** The remaining amount of an invoice is credited, and the invoice becomes void. */
        VOID,
        /** A wallet may go further below zero. */
        CREDIT_LIMIT;

        /** Whether it results in a credit note. */
        public boolean isDocument() {
            return this == CREDIT_NOTE || this == VOID;
        }
    }

    /** State of the request. */
    public enum State {
        WAITING,
        DONE,
        REFUSED,
        WITHDRAWN,
        /** No decision was made in time. */
        EXPIRED
    }

    /** A document with its number. */
    public record AdjustedDocument(UUID id, String number) {}

    /**
     * A decision.
     *
     * @param remark the remark of the person who decided
     * @param entry the entry that moved the money
     * @param document the credit note that moved the money
     */
    public record Decision(
            Instant at,
            String by,
            Optional<String> remark,
            Optional<Long> entry,
            Optional<AdjustedDocument> document) {}

    /** Whether the decision is still pending. */
    public boolean isWaiting() {
        return state == State.WAITING;
    }
}
