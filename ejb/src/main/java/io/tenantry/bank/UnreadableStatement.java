package io.tenantry.bank;

/** A file is no statement that we can read; nothing was taken from it. */
final class UnreadableStatement extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String detail;

    /** Why a file cannot be read. */
    enum Reason {
        EMPTY,
        TOO_LARGE,
        TOO_MANY,
        NO_XML,
        NO_CAMT,
        NO_COLUMN,
        DATE,
        DATE_ORDER,
        AMOUNT,
        CURRENCY,
        NO_LINES
    }

    /** @param detail which line, column or value */
    UnreadableStatement(Reason reason, String detail) {
        super(reason + " " + detail);
        this.reason = reason;
        this.detail = detail;
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }
}
