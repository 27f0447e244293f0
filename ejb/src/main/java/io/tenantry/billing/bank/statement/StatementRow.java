package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/** A row of a statement below its header; every row of a file is exactly one of these. */
public sealed interface StatementRow {

    /** Number of the row's first line in a table from 1, or of the entry in a camt file. */
    int line();

    /** The row as it appears in the file, for display; long rows are truncated. */
    String raw();

    /** A transaction whose required values are all certain. */
    record Booked(int line, String raw, BankTransaction transaction) implements StatementRow {
        /** Returns the row with a transaction that is read differently. */
        Booked with(BankTransaction other) {
            return new Booked(line, raw, other);
        }
    }

    /** A row that is not a booked transaction. */
    record Skipped(int line, String raw, SkipReason reason) implements StatementRow {}

    /**
     * A row that may be a transaction; a person decides.
     *
     * @param detail the value in question; may be empty
     */
    record Review(int line, String raw, ReviewReason reason, String detail, Known known) implements StatementRow {}

    /**
     * The certain values of a row that needs review. An absent amount means that amount or direction is uncertain; the currency is that of the
     * amount.
     *
     * @param amount positive for incoming money, not zero
     */
    record Known(
            String account,
            String bankReference,
            Optional<LocalDate> bookedOn,
            Optional<BigDecimal> amount,
            Optional<Currency> currency,
            String payer,
            String iban,
            String purpose) {}

    /** Why a row is not a booked transaction. */
    enum SkipReason {
        /** Announced or reserved; it is reported again when it is booked. */
        PENDING,
        DECLINED,
        REVERTED,
        ON_HOLD,
        /** An opening, closing or running balance. */
        BALANCE,
        TOTAL,
        /** Text without a date and an amount, or for information only. */
        NOTE,
        /** A repeated header within the table. */
        HEADER,
        ZERO_AMOUNT,
        BLANK
    }

    /** Why a row needs review. */
    enum ReviewReason {
        /** A status that is not known to mean booked. */
        STATUS,
        /** The direction cannot be determined. */
        DIRECTION,
        /** Sign and direction, or two columns, contradict each other. */
        CONTRADICTION,
        DATE,
        /** An existing date that lies ahead or improbably far back. */
        DATE_FAR_OFF,
        AMOUNT,
        CURRENCY,
        TOO_FEW_CELLS,
        TOO_MANY_CELLS,
        /** Quotes are unbalanced. */
        QUOTES,
        /** It follows another table, or a section of unknown kind, within the file. */
        OTHER_SECTION,
        /** A line outside the table is not understood, so that it may say what the rows are; the detail is the line. */
        UNKNOWN_LINE,
        /** The balance after it does not follow from its amount. */
        BALANCE,
        /** A fee is charged, and the booked amount cannot be determined. */
        FEE,
        /** It reverses an earlier transaction. */
        REVERSAL,
        /**
         * The same file has a movement in the opposite direction that may return it, or that it returns; the detail is the line of that
         * movement.
         */
        COUNTERPART,
        /** It may be a movement between the reseller's accounts, such as a currency exchange. */
        INTERNAL,
        /** A column of unknown meaning may state that it is not received money. */
        COLUMN,
        /** An unknown element or code may state that it is not received money. */
        ELEMENT,
        /** It may be a total or a balance, and names no payer. */
        SUMMARY,
        /** Parts of a batch do not add up to it, or some of them are incomplete. */
        BATCH,
        /** The amounts that the payer states for each document are not all for the reference, or do not add up to the payment. */
        REMITTANCE,
        /** A required element or cell is missing. */
        MISSING,
        /** The same file contained it before, with the same bank reference. */
        DUPLICATE,
        /** The bank marks the statement as a copy or a duplicate of another. */
        COPY,
        /** Its text is too long to be stored completely, so that a reference could be lost. */
        TOO_LONG
    }
}
