package io.tenantry.billing.bank.statement;

/**
 * Why a whole file, or the layout of its table, cannot be read with certainty.
 *
 * @param line number of the line in the file, from 1; 0 if the problem does not concern a single line
 * @param detail the value, column or name concerned; may be empty
 */
public record StatementProblem(Reason reason, int line, String detail) {

    /** Kinds of problems. */
    public enum Reason {
        EMPTY,
        TOO_LARGE,
        /** Too many lines or entries in one statement; the detail is their number. */
        TOO_MANY,
        /** Too many cells in one line; the detail is the maximum. */
        TOO_WIDE,
        /** Too many files in an archive; the detail is the maximum. */
        TOO_MANY_FILES,
        /** Reading it takes more processor time than an upload may. */
        TOO_SLOW,
        /** Neither text nor XML nor a ZIP archive, such as a PDF or an Excel workbook; the detail names it. */
        UNKNOWN_FORMAT,
        /** A known banking format that is not supported, such as camt.052 or MT940; the detail names it. */
        OTHER_BANKING_FORMAT,
        /** Text in an encoding that cannot be determined with certainty. */
        ENCODING,
        /** A ZIP archive that is broken, encrypted or contains archives. */
        BAD_ARCHIVE,
        /** A ZIP archive without a statement. */
        NO_STATEMENT_IN_ARCHIVE,
        NO_XML,
        NO_CAMT,
        /** No header names a date and an amount, and no mapping was given. */
        NO_COLUMN,
        /** Several columns qualify for the same role, for example two amounts. */
        AMBIGUOUS_COLUMN,
        /** The role of some columns is neither known by name nor set by a person; the detail names them. */
        UNKNOWN_COLUMN,
        /** A given mapping does not fit this table. */
        MAPPING,
        /** The order of day and month is ambiguous. */
        DATE_ORDER,
        AMOUNT,
        /** The sum of the amounts exceeds what can be recorded; the detail is the sum. */
        TOTALS,
        /** The currency is unknown, or two places state different ones. */
        CURRENCY
    }
}
