package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.stream.Stream;

/** Shape of a row, before its cells are read. */
final class RowShape {
    private static final int WORDS_MAX = 8;
    private static final int WORD_MAX = 40;

    private final CsvRowReader.Rules rules;

    RowShape(CsvRowReader.Rules rules) {
        this.rules = rules;
    }

    /** Whether it repeats the header. */
    boolean isHeader(CsvTable.Row row) {
        return !rules.header().isEmpty()
                && row.filled() >= 2
                && row
                        .cells()
                        .subList(0, Math.min(row.cells().size(), rules.header().size()))
                        .stream()
                        .map(DoubtfulTerms::fold)
                        .toList()
                        .equals(rules.header().stream().map(DoubtfulTerms::fold).toList());
    }

    /** Whether a row consists of words, without anything like a date or an amount, or a number in place of its amount. */
    boolean isText(CsvTable.Row row) {
        return row.cells().stream().noneMatch(cell -> Dates.isLike(cell) || Amounts.isLike(cell))
                && !(row.cells().size() >= rules.width() && hasDigits(row, ColumnRole.DATE) && hasDigitsOfAmount(row));
    }

    /** Whether an amount column contains a number in any form. */
    boolean hasDigitsOfAmount(CsvTable.Row row) {
        return Stream.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT).anyMatch(role -> hasDigits(row, role));
    }

    /** Whether the cells of a column are a few short words, rather than free text or identifiers of transactions. */
    static boolean isWords(List<String> cells) {
        return cells.stream().distinct().count() <= WORDS_MAX
                && cells.stream()
                        .allMatch(cell ->
                                cell.length() <= WORD_MAX && cell.chars().noneMatch(Character::isDigit));
    }

    private boolean hasDigits(CsvTable.Row row, ColumnRole role) {
        return rules.columns().all(role).stream()
                .anyMatch(column -> row.cell(column).chars().anyMatch(Character::isDigit));
    }
}
