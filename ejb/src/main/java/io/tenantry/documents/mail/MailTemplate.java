package io.tenantry.documents.mail;

/** Email templates; their texts are in the bundle {@code mails}, by the name in lower case. */
public enum MailTemplate {
    /** A new person chooses a password for the first time. */
    INVITATION,
    /** An existing person chooses a new password. */
    PASSWORD_RESET,
    /** A password was changed: informs its owner, in case someone else did it. */
    PASSWORD_CHANGED,
    /** An operator of the platform has recovered an owner's access; for staff who manage the team. */
    OWNER_LINK_SENT,
    /** A person who has a password is invited to act for an organization. */
    MEMBERSHIP_INVITATION,
    /** An account was locked for security; for its person. */
    ACCOUNT_LOCKED,
    /** An account was unlocked; for its person. */
    ACCOUNT_UNLOCKED,
    /** An account of a team was locked for security; for others who manage the team. */
    MEMBER_LOCKED,
    /** An account of a team was unlocked; for others who manage the team. */
    MEMBER_UNLOCKED,
    /** A wallet's runway is shorter than the reseller's threshold. */
    WALLET_LOW,
    /** A wallet's balance is used up. */
    WALLET_EMPTY,
    /** A wallet is below its credit limit. */
    WALLET_OVER_LIMIT,
    /** An inquiry from the contact form; for staff. */
    CONTACT_MESSAGE,
    /** A provider has changed prices of plan components; for staff. */
    PROVIDER_PRICE_CHANGED,
    /** Announced wholesale prices were withdrawn; for staff. */
    WHOLESALE_WITHDRAWN,
    /** An order failed. */
    SERVICE_FAILED,
    /** Staff have suspended a service; the reason is on its page. */
    SERVICE_SUSPENDED,
    /** A service is no longer suspended. */
    SERVICE_RESUMED,
    /** Most of the transfer included in all plans of an organization is used. */
    TRANSFER_NEARLY_USED,
    /** All of the included transfer is used. */
    TRANSFER_USED,
    /** An invoice, with its files. */
    INVOICE_ISSUED,
    /** A credit note, with its files. */
    CREDIT_NOTE_ISSUED,
    /** A debit note, with its files. */
    DEBIT_NOTE_ISSUED,
    /** The platform has settled a month with the reseller; for its staff. */
    SETTLEMENT_ISSUED,
    /** The platform has credited lines of a settlement; for staff. */
    SETTLEMENT_CREDITED,
    /** A debt is open. */
    DEBT_REMINDER,
    /** A debt is still open, and this is the last email before services are affected. */
    DEBT_FINAL_NOTICE,
    /** Services were suspended for a debt. */
    DEBT_SUSPENDED,
    /** Services were suspended for a debt, and are not charged while they are. */
    DEBT_SUSPENDED_UNCHARGED,
    /** Services were suspended for a debt, and some of them are not charged while they are. */
    DEBT_SUSPENDED_PARTLY_CHARGED,
    /** Services were terminated for a debt. */
    DEBT_TERMINATED,
    /** A debt was paid, and services were resumed. */
    DEBT_PAID;

    /** Whether its link gives access to anyone who has it, so that it is not stored. */
    boolean isSecret() {
        return this == INVITATION || this == PASSWORD_RESET;
    }

    /**
     * Whether it requests a payment, so that it contains payment instructions.
     *
     * @param isOpen whether the document concerned is still payable
     */
    boolean asksForMoney(boolean isOpen) {
        return switch (this) {
            case WALLET_EMPTY, WALLET_OVER_LIMIT -> true;
            case INVOICE_ISSUED, DEBIT_NOTE_ISSUED -> isOpen;
            default -> isDemand();
        };
    }

    /** Whether it only concerns an amount due, so that its button leads to the payment. */
    boolean isDemand() {
        return switch (this) {
            case DEBT_REMINDER,
                    DEBT_FINAL_NOTICE,
                    DEBT_SUSPENDED,
                    DEBT_SUSPENDED_UNCHARGED,
                    DEBT_SUSPENDED_PARTLY_CHARGED -> true;
            default -> false;
        };
    }

    String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
