package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Lines about the account among the transactions of a table without a header: some banks write its number, holder, currency and balance in the
 * form of a transaction. A currency in a column where the other rows have something else shows them.
 */
final class AccountLines {
    private AccountLines() {}

    /** Replaces incoming transactions that may be such lines by reviews. */
    static void review(CsvRowReader.Rules rules, List<CsvTable.Row> rows, List<StatementRow> judged) {
        if (!rules.header().isEmpty()) {
            return;
        }
        var others = IntStream.range(0, rules.width())
                .filter(column -> !rules.columns().all(ColumnRole.CURRENCY).contains(column) && isOther(rows, column))
                .boxed()
                .toList();
        for (var place = 0; place < rows.size(); place++) {
            var row = rows.get(place);
            var named =
                    others.stream().map(row::cell).filter(AccountLines::isCode).findFirst();
            if (named.isPresent()
                    && judged.get(place) instanceof Booked booked
                    && booked.transaction().amount().signum() > 0) {
                judged.set(place, RunningBalance.review(booked, ReviewReason.OTHER_SECTION, named.get()));
            }
        }
    }

    /** A name such as "Bob" is no code. */
    private static boolean isCode(String cell) {
        return Currencies.isKnown(cell) && cell.equals(cell.toUpperCase(Locale.ROOT));
    }

    /** Whether a column mostly contains something other than currencies. */
    private static boolean isOther(List<CsvTable.Row> rows, int column) {
        var filled = rows.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        return filled.stream().filter(AccountLines::isCode).count() * 2 <= filled.size();
    }
}
