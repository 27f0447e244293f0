package io.tenantry.billing.bank.statement;

/**
 * Why a whole file, or the layout of its table, cannot be read with certainty.
 *
 * @param line number of the line in the file, from 1; 0 if the problem is of no single line
 * @param detail the value, column or name it is about; may be empty
 */
public record StatementProblem(Reason reason, int line, String detail) {

    /** Kinds of problems. */
    public enum Reason {
        EMPTY,
        TOO_LARGE,
        /** Lines or entries of one statement; the detail is how many. */
        TOO_MANY,
        /** Cells of one line; the detail is how many there may be. */
        TOO_WIDE,
        /** Files in an archive; the detail is how many there may be. */
        TOO_MANY_FILES,
        /** Neither text nor XML nor a ZIP archive, such as a PDF or an Excel workbook; the detail names it. */
        UNKNOWN_FORMAT,
        /** Another banking format that is known but not read, such as camt.052 or MT940; the detail names it. */
        OTHER_BANKING_FORMAT,
        /** Text in an encoding that cannot be told for certain. */
        ENCODING,
        /** A ZIP archive that is broken, encrypted or contains archives. */
        BAD_ARCHIVE,
        /** A ZIP archive without a statement. */
        NO_STATEMENT_IN_ARCHIVE,
        NO_XML,
        NO_CAMT,
        /** No header names a date and an amount, and no mapping was given. */
        NO_COLUMN,
        /** Several columns could be the same thing, for example two amounts. */
        AMBIGUOUS_COLUMN,
        /** Neither their names nor anybody says what some columns are; the detail names them. */
        UNKNOWN_COLUMN,
        /** A given mapping does not fit this table. */
        MAPPING,
        /** Day and month could be either way round. */
        DATE_ORDER,
        AMOUNT,
        /** Together the amounts are more than can be recorded; the detail is the sum. */
        TOTALS,
        /** The currency is unknown, or two places contradict each other. */
        CURRENCY
    }
}
