package io.tenantry.bank.statement;

import java.util.stream.Stream;

/** What a row looks like, before its cells are read. */
final class RowShape {
    private final CsvRowReader.Rules rules;

    RowShape(CsvRowReader.Rules rules) {
        this.rules = rules;
    }

    /** Whether it is the header again. */
    boolean isHeader(CsvTable.Row row) {
        return !rules.header().isEmpty()
                && row.filled() >= 2
                && row
                        .cells()
                        .subList(0, Math.min(row.cells().size(), rules.header().size()))
                        .stream()
                        .map(Wording::fold)
                        .toList()
                        .equals(rules.header().stream().map(Wording::fold).toList());
    }

    /** A row of words, without anything like a date or an amount, nor a number where its amount would be. */
    boolean isText(CsvTable.Row row) {
        return row.cells().stream().noneMatch(cell -> Dates.isLike(cell) || Amounts.isLike(cell))
                && !(row.cells().size() >= rules.width() && hasDigits(row, ColumnRole.DATE) && hasDigitsOfAmount(row));
    }

    /** Whether there is a number in a column of amounts, in whichever form. */
    boolean hasDigitsOfAmount(CsvTable.Row row) {
        return Stream.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT).anyMatch(role -> hasDigits(row, role));
    }

    private boolean hasDigits(CsvTable.Row row, ColumnRole role) {
        return rules.columns().all(role).stream()
                .anyMatch(column -> row.cell(column).chars().anyMatch(Character::isDigit));
    }
}
