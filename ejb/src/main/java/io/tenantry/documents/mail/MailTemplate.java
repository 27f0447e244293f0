package io.tenantry.documents.mail;

/** The letters that there are; their words are in the bundle {@code letters}, under the name in lower case. */
public enum MailTemplate {
    /** A new person chooses the first password. */
    INVITATION,
    /** A known person chooses another password. */
    PASSWORD_RESET,
    /** A password was changed: whoever did not do that should know. */
    PASSWORD_CHANGED,
    /** An operator of the platform has let an owner in; for staff who manage the team. */
    OWNER_LET_IN,
    /** A person who has a password is invited to act for an organization. */
    MEMBERSHIP_INVITATION,
    /** An account was locked for security; for its person. */
    ACCOUNT_LOCKED,
    /** It was unlocked; for its person. */
    ACCOUNT_UNLOCKED,
    /** An account of a team was locked for security; for others who manage the team. */
    MEMBER_LOCKED,
    /** It was unlocked; for them. */
    MEMBER_UNLOCKED,
    /** A wallet lasts for less time than the reseller wants. */
    WALLET_LOW,
    /** A wallet has nothing left. */
    WALLET_EMPTY,
    /** A wallet is further below zero than was agreed. */
    WALLET_OVER_LIMIT,
    /** A stranger wrote by the contact form; for staff. */
    ENQUIRY,
    /** A vendor takes other prices for what plans are made of; for staff. */
    PRICE_MOVED,
    /** Wholesale prices that were announced will not come; for staff. */
    WHOLESALE_WITHDRAWN,
    /** An order came to nothing. */
    SERVICE_FAILED,
    /** Staff have switched a service off, and say why on its page. */
    SERVICE_SUSPENDED,
    /** It is suspended no more. */
    SERVICE_RESUMED,
    /** Much of the transfer that all plans of an organization include together was sent. */
    TRANSFER_NEARLY_USED,
    /** All of it was. */
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
    /** It is still open, and this is the last letter before something is done. */
    DEBT_FINAL_NOTICE,
    /** Services were switched off for it. */
    DEBT_SUSPENDED,
    /** The same, and they are not charged until they are back. */
    DEBT_SUSPENDED_UNCHARGED,
    /** The same, and it holds for some of them. */
    DEBT_SUSPENDED_PARTLY_CHARGED,
    /** They were ended for it. */
    DEBT_ENDED,
    /** It is paid, and they are back. */
    DEBT_PAID;

    /** Whether its link lets in whoever has it, so that it is not kept. */
    boolean isSecret() {
        return this == INVITATION || this == PASSWORD_RESET;
    }

    /**
     * Whether it asks for money, so that it says how to pay.
     *
     * @param isOpen whether the document that it is of is still to be paid
     */
    boolean asksForMoney(boolean isOpen) {
        return switch (this) {
            case WALLET_EMPTY, WALLET_OVER_LIMIT -> true;
            case INVOICE_ISSUED, DEBIT_NOTE_ISSUED -> isOpen;
            default -> isDemand();
        };
    }

    /** Whether it is about nothing but what is owed, so that its button leads to paying it. */
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
