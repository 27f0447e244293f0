package io.tenantry.billing.adjustment;

import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that is given up for a customer, as it was asked for, and what became of it.
 *
 * @param organization its name
 * @param counterpart the kind of account that it comes from
 * @param amount what the wallet gets, with the tax; or the credit limit
 * @param invoice the document of which lines are credited, or which is made void; empty of what is no document
 * @param reason shown to staff and customer
 * @param askedBy who asked; empty for the system
 * @param expiresAt until when somebody else may approve it; empty if it needed nobody
 * @param isMine whether the one who looks has asked for it
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

    /** What is given up. */
    public enum Kind {
        /** Money is put into the wallet. */
        CREDIT,
        /** A debt is not paid. */
        WRITE_OFF,
        /** Lines of an invoice are credited. */
        CREDIT_NOTE,
        /** All that is left of an invoice is credited, and it is void. */
        VOID,
        /** A wallet may go further below zero. */
        CREDIT_LIMIT;

        /** Whether a credit note says it. */
        public boolean isDocument() {
            return this == CREDIT_NOTE || this == VOID;
        }
    }

    /** Where it stands. */
    public enum State {
        WAITING,
        DONE,
        REFUSED,
        WITHDRAWN,
        /** Nobody decided in time. */
        EXPIRED
    }

    /** A document, by its number. */
    public record AdjustedDocument(UUID id, String number) {}

    /**
     * What was decided.
     *
     * @param remark of who decided
     * @param entry by which the money moved
     * @param document the credit note by which it did
     */
    public record Decision(
            Instant at,
            String by,
            Optional<String> remark,
            Optional<Long> entry,
            Optional<AdjustedDocument> document) {}

    /** Whether somebody may still decide. */
    public boolean isWaiting() {
        return state == State.WAITING;
    }
}
