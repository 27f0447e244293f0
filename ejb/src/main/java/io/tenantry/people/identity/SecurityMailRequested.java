package io.tenantry.people.identity;

import java.util.UUID;

/** An event that a person must be notified of, fired in the transaction in which it happened. */
public sealed interface SecurityMailRequested {
    /** Returns the person to notify. */
    UUID personId();

    /**
     * A one-time link was created.
     *
     * @param linkId identifies the link without disclosing it
     * @param url contains the secret: must never be logged
     */
    record LinkCreated(UUID personId, PasswordLinks.Purpose purpose, String linkId, String url)
            implements SecurityMailRequested {
        @Override
        public String toString() {
            return "LinkCreated[personId=" + personId + ", purpose=" + purpose + "]";
        }
    }

    /**
     * The account was locked for security, or unlocked.
     *
     * @param isLocked whether it is locked now
     */
    record LockChanged(UUID personId, boolean isLocked) implements SecurityMailRequested {}

    /**
     * The person, who has a password, was invited to act for an organization.
     *
     * @param organization its name
     */
    record InvitationReceived(UUID personId, String organization) implements SecurityMailRequested {}

    /** The password was changed. */
    record PasswordChanged(UUID personId) implements SecurityMailRequested {}
}
