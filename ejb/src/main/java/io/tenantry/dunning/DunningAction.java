package io.tenantry.dunning;

import io.tenantry.documents.mail.MailTemplate;
import io.tenantry.people.notification.Notification;

/** Action of a dunning step. Actions are taken in this order; an email is sent for each. */
public enum DunningAction {
    /**
     * An email before there is a debt: the balance lasts only for a number of hours, which is used as the step's number. Not a step of the
     * policy.
     */
    RUNWAY(MailTemplate.WALLET_LOW, Notification.Kind.WALLET_LOW),
    /** An email. */
    REMIND(MailTemplate.DEBT_REMINDER, Notification.Kind.DEBT_REMINDER),
    /** The last email before services are affected. */
    FINAL_NOTICE(MailTemplate.DEBT_FINAL_NOTICE, Notification.Kind.DEBT_FINAL_NOTICE),
    /** Running services are suspended, and kept. */
    SUSPEND(MailTemplate.DEBT_SUSPENDED, Notification.Kind.DEBT_SUSPENDED),
    /** Suspended services are terminated, with all their data. */
    TERMINATE(MailTemplate.DEBT_TERMINATED, Notification.Kind.DEBT_TERMINATED);

    private final MailTemplate mailTemplate;
    private final Notification.Kind note;

    DunningAction(MailTemplate mailTemplate, Notification.Kind note) {
        this.mailTemplate = mailTemplate;
        this.note = note;
    }

    /** Whether it only sends a warning. */
    public boolean isWarning() {
        return this == REMIND || this == FINAL_NOTICE;
    }

    MailTemplate template() {
        return mailTemplate;
    }

    Notification.Kind note() {
        return note;
    }
}
