package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/**
 * Finds duplicates within a file. Rows without a bank reference may be identical and still be two payments, unless the file shows otherwise;
 * rows with the same reference are the same, regardless of their other content and of the day.
 */
final class Duplicates {
    private Duplicates() {}

    private record TransactionKey(String account, String bankReference, BigDecimal amount, Currency currency) {
        private static TransactionKey of(BankTransaction transaction) {
            return new TransactionKey(
                    transaction.account(),
                    transaction.bankReference(),
                    transaction.amount().stripTrailingZeros(),
                    transaction.currency());
        }
    }

    /**
     * Replaces rows that equal an earlier one, cell by cell, by a review: if they have a balance after them, which a second payment would
     * change, or if the header is repeated between them, as when one export was appended to another.
     */
    static void review(List<CsvTable.Row> rows, List<StatementRow> judged, ColumnMapping columns) {
        var headers = 0;
        var seen = new HashMap<List<String>, Integer>();
        for (var place = 0; place < rows.size(); place++) {
            var row = rows.get(place);
            if (judged.get(place) instanceof StatementRow.Skipped skipped && skipped.reason() == SkipReason.HEADER) {
                headers++;
            }
            var hasBalance = columns.all(ColumnRole.BALANCE).stream()
                    .anyMatch(column -> !row.cell(column).isEmpty());
            var before = seen.putIfAbsent(row.cells(), headers);
            if (before != null && (hasBalance || before < headers)) {
                judged.set(place, reviewed(judged.get(place), ReviewReason.DUPLICATE));
            }
        }
    }

    /** Replaces each row that occurred before in the same file by a review. */
    static void review(List<StatementRow> rows) {
        var seen = new HashSet<TransactionKey>();
        rows.replaceAll(row -> row instanceof Booked booked
                        && !booked.transaction().bankReference().isEmpty()
                        && !seen.add(TransactionKey.of(booked.transaction()))
                ? reviewed(row, ReviewReason.DUPLICATE)
                : row);
    }

    /** Returns a transaction as a review for that reason; other rows are returned unchanged. */
    static StatementRow reviewed(StatementRow row, ReviewReason reason) {
        return row instanceof Booked booked ? RunningBalance.review(booked, reason, true) : row;
    }
}
