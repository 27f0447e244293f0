package io.tenantry.dunning;

import io.tenantry.documents.mail.MailTemplate;
import io.tenantry.people.notification.Notification;

/** What a step of dunning does. They are taken in this order; of each a letter tells. */
public enum DunningAction {
    /** A letter before there is a debt: the money runs out in so many hours, which are its number. No step of a ladder's own. */
    RUNWAY(MailTemplate.WALLET_LOW, Notification.Kind.WALLET_LOW),
    /** A letter. */
    REMIND(MailTemplate.DEBT_REMINDER, Notification.Kind.DEBT_REMINDER),
    /** The last letter before something is done. */
    FINAL_NOTICE(MailTemplate.DEBT_FINAL_NOTICE, Notification.Kind.DEBT_FINAL_NOTICE),
    /** What runs is switched off, and kept. */
    SUSPEND(MailTemplate.DEBT_SUSPENDED, Notification.Kind.DEBT_SUSPENDED),
    /** What was switched off is ended, with all that is on it. */
    TERMINATE(MailTemplate.DEBT_ENDED, Notification.Kind.DEBT_ENDED);

    private final MailTemplate mailTemplate;
    private final Notification.Kind note;

    DunningAction(MailTemplate mailTemplate, Notification.Kind note) {
        this.mailTemplate = mailTemplate;
        this.note = note;
    }

    /** Whether it does nothing but warn. */
    public boolean isWarning() {
        return this == REMIND || this == FINAL_NOTICE;
    }

    MailTemplate letter() {
        return mailTemplate;
    }

    Notification.Kind note() {
        return note;
    }
}
