package io.tenantry.people.notification;

/**
 * A notification in facts; pages render it in the reader's language.
 *
 * @param kind what kind of thing happened
 * @param subject the name of its subject
 * @param detail one more fact, or empty
 * @param path where it leads, relative to the reader's surface; empty for its first page
 * @param key a person is notified once per key
 */
public record Notification(Kind kind, String subject, String detail, String path, String key) {
    /** The kinds of notifications. The first five are written by the database itself. */
    public enum Kind {
        WALLET_LOW(Tone.WARN),
        WALLET_EMPTY(Tone.BAD),
        WALLET_OVER_LIMIT(Tone.BAD),
        WALLET_RECOVERED(Tone.OK),
        CUSTOMER_OVER_LIMIT(Tone.WARN),
        SERVICE_ORDERED(Tone.OK),
        SERVICE_CHANGED(Tone.INFO),
        SERVICE_REBUILT(Tone.INFO),
        SERVICE_ENDED(Tone.INFO),
        SERVICE_FAILED(Tone.BAD),
        SERVICE_SUSPENDED(Tone.BAD),
        SERVICE_RESUMED(Tone.OK),
        MEMBER_ADDED(Tone.INFO),
        INVITATION_ACCEPTED(Tone.OK),
        INVITED(Tone.INFO),
        PASSWORD_CHANGED(Tone.WARN),
        NEW_SIGN_IN(Tone.WARN),
        IMPERSONATED(Tone.WARN),
        OWNER_LINK_SENT(Tone.WARN),
        MEMBER_LOCKED(Tone.BAD),
        MEMBER_UNLOCKED(Tone.OK),
        RUN_FAILED(Tone.BAD),
        WORK_PARKED(Tone.BAD),
        AUDIT_BROKEN(Tone.BAD),
        AUDIT_UNVERIFIED(Tone.BAD),
        CONTACT_MESSAGE(Tone.INFO),
        PROVIDER_PRICE_CHANGED(Tone.WARN),
        WHOLESALE_PRICES(Tone.INFO),
        WHOLESALE_WITHDRAWN(Tone.INFO),
        TRANSFER_NEARLY_USED(Tone.WARN),
        TRANSFER_USED(Tone.WARN),
        DISCREPANCY(Tone.WARN),
        PROVIDER_FAILING(Tone.BAD),
        PROVIDER_RECOVERED(Tone.OK),
        DEBT_REMINDER(Tone.WARN),
        DEBT_FINAL_NOTICE(Tone.BAD),
        DEBT_SUSPENDED(Tone.BAD),
        DEBT_TERMINATED(Tone.BAD),
        DEBT_PAID(Tone.OK),
        APPROVAL_REQUESTED(Tone.WARN),
        APPROVAL_GRANTED(Tone.OK),
        APPROVAL_REFUSED(Tone.BAD);

        private final Tone tone;

        Kind(Tone tone) {
            this.tone = tone;
        }

        /** Returns how it is displayed. */
        public Tone tone() {
            return tone;
        }
    }

    /** The urgency. */
    public enum Tone {
        INFO,
        OK,
        WARN,
        BAD
    }
}
