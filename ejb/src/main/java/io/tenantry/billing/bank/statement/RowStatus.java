package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Status of a row according to its status columns.
 *
 * @param skip why it is not a booked transaction; null if it may be one
 * @param review why a person has to decide; null if it is certain
 * @param detail the status as the file writes it
 */
record RowStatus(@Nullable SkipReason skip, @Nullable ReviewReason review, String detail) {
    private static final RowStatus BOOKED = new RowStatus(null, null, "");

    /** What a collector of direct debits calls a payment that it has passed on; elsewhere, it may be money that went out. */
    private static final String PAID_OUT = "paid out";

    private static boolean isOfDirectDebits(CsvRowReader.Rules rules) {
        return rules.header().stream().map(DoubtfulTerms::fold).anyMatch("charge date"::equals);
    }

    static RowStatus of(CsvRowReader.Rules rules, CsvTable.Row row) {
        for (var column : rules.columns().all(ColumnRole.STATUS)) {
            var header = DoubtfulTerms.fold(rules.name(column).orElse(""));
            var raw = row.cell(column);
            var cell = StatusVocabulary.isYes(raw) ? "yes" : DoubtfulTerms.fold(raw);
            if (DependentRows.isMarked(raw) || (cell.isEmpty() && !Markers.isNothing(raw))) {
                return new RowStatus(null, ReviewReason.STATUS, raw);
            }
            var folded = cell.isEmpty() && StatusVocabulary.isKnown(header)
                    ? StatusVocabulary.answered(header, "no").orElse("")
                    : StatusVocabulary.answered(header, cell).orElse(cell);
            if (row.cell(column).indexOf('?') >= 0) {
                return new RowStatus(null, ReviewReason.STATUS, row.cell(column));
            }
            var notBooked = StatusVocabulary.notBooked(folded);
            if (notBooked.isPresent()) {
                return new RowStatus(notBooked.get(), null, "");
            }
            if (!StatusVocabulary.isBooked(folded) && !(folded.equals(PAID_OUT) && isOfDirectDebits(rules))) {
                return new RowStatus(null, ReviewReason.STATUS, row.cell(column));
            }
        }
        return BOOKED;
    }
}
