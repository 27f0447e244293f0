package io.tenantry.dunning;

import io.tenantry.mail.Letter;
import io.tenantry.notice.Note;

/** What a step of dunning does. They are taken in this order; of each a letter tells. */
public enum Act {
    /** A letter before there is a debt: the money runs out in so many hours, which are its number. No step of a ladder's own. */
    RUNWAY(Letter.WALLET_LOW, Note.Kind.WALLET_LOW),
    /** A letter. */
    REMIND(Letter.DEBT_REMINDER, Note.Kind.DEBT_REMINDER),
    /** The last letter before something is done. */
    FINAL_NOTICE(Letter.DEBT_FINAL_NOTICE, Note.Kind.DEBT_FINAL_NOTICE),
    /** What runs is switched off, and kept. */
    SUSPEND(Letter.DEBT_SUSPENDED, Note.Kind.DEBT_SUSPENDED),
    /** What was switched off is ended, with all that is on it. */
    TERMINATE(Letter.DEBT_ENDED, Note.Kind.DEBT_ENDED);

    private final Letter letter;
    private final Note.Kind note;

    Act(Letter letter, Note.Kind note) {
        this.letter = letter;
        this.note = note;
    }

    /** Whether it does nothing but warn. */
    public boolean isWarning() {
        return this == REMIND || this == FINAL_NOTICE;
    }

    Letter letter() {
        return letter;
    }

    Note.Kind note() {
        return note;
    }
}
