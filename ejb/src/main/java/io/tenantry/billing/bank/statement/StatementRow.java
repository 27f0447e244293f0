package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/** A row of a statement below its header; every row of a file is exactly one of these. */
public sealed interface StatementRow {

    /** Number of the row's first line in a table from 1, or of the entry in a camt file. */
    int line();

    /** The row as it stands in the file, for people; long ones are cut. */
    String raw();

    /** A transaction of which everything needed is certain. */
    record Booked(int line, String raw, BankTransaction transaction) implements StatementRow {}

    /** A row that is no booked transaction. */
    record Skipped(int line, String raw, SkipReason reason) implements StatementRow {}

    /**
     * A row that may be a transaction; a person decides.
     *
     * @param detail the value in question; may be empty
     */
    record Review(int line, String raw, ReviewReason reason, String detail, Known known) implements StatementRow {}

    /**
     * What is certain of a row that needs review. An absent amount means that amount or direction is uncertain; the currency is that of the amount.
     *
     * @param amount positive if the money came in, not zero
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

    /** Why a row is no booked transaction. */
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
        /** The header again, in the middle of the table. */
        HEADER,
        ZERO_AMOUNT,
        BLANK
    }

    /** Why a row needs review. */
    enum ReviewReason {
        /** A status that is not known to mean booked. */
        STATUS,
        /** Incoming or outgoing cannot be told. */
        DIRECTION,
        /** Sign and direction, or two columns, contradict each other. */
        CONTRADICTION,
        DATE,
        /** A date that exists, but lies ahead or too far back to be likely. */
        DATE_FAR_OFF,
        AMOUNT,
        CURRENCY,
        TOO_FEW_CELLS,
        TOO_MANY_CELLS,
        /** Quotes do not pair up. */
        QUOTES,
        /** Within the file another table, or a section of unknown kind, precedes it. */
        OTHER_SECTION,
        /** The balance after it does not follow from its amount. */
        BALANCE,
        /** A fee is charged, and which amount was booked cannot be told. */
        FEE,
        /** It reverses an earlier transaction. */
        REVERSAL,
        /** The same file has a movement the other way that may take it back, or that it takes back; the detail is its line. */
        COUNTERPART,
        /** It may be a movement within the reseller's own accounts, such as an exchange of currencies. */
        INTERNAL,
        /** A column of which nothing is known may say that it is no money received. */
        COLUMN,
        /** An element or a code that is not known may say that it is no money received. */
        ELEMENT,
        /** It may be a total or a balance, and names nobody who paid. */
        SUMMARY,
        /** Parts of a batch do not add up to it, or some of them are incomplete. */
        BATCH,
        /** A required element or cell is missing. */
        MISSING,
        /** The same file gave it before, with the same reference of the bank. */
        DUPLICATE,
        /** The bank calls its statement a copy or a duplicate of another. */
        COPY,
        /** Its text is too long to be kept whole, so that a reference could be lost. */
        TOO_LONG
    }
}
