package io.tenantry.concession;

import io.tenantry.money.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that is given up for a customer, as it was asked for, and what became of it.
 *
 * @param organization its name
 * @param counterpart the kind of account that it comes from
 * @param reason shown to staff and customer
 * @param askedBy who asked; empty for the system
 * @param expiresAt until when somebody else may approve it; empty if it needed nobody
 * @param isMine whether the one who looks has asked for it
 */
public record Concession(
        UUID id,
        UUID walletId,
        UUID organizationId,
        String organization,
        Kind kind,
        String counterpart,
        Ground ground,
        Money amount,
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
        WRITE_OFF
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

    /**
     * What was decided.
     *
     * @param remark of who decided
     */
    public record Decision(Instant at, String by, Optional<String> remark, Optional<Long> entry) {}

    /** Whether somebody may still decide. */
    public boolean isWaiting() {
        return state == State.WAITING;
    }
}
