package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Detects amounts with a decimal comma that were written without quotes into a comma-separated table, so that each became two cells. */
final class SplitAmounts {
    private static final Pattern WHOLE = Pattern.compile("[^0-9]{0,4}(?:[0-9]{1,3}(?:\\.[0-9]{3})+|[0-9]+)");
    private static final Pattern DECIMALS = Pattern.compile("[0-9]{2}");

    private SplitAmounts() {}

    /** Returns a problem for the first of them, if no amount has decimals and two digits follow each. */
    static Optional<StatementProblem> of(CsvTable table, ColumnMapping columns, List<CsvTable.Row> body) {
        return table.separator() != ','
                ? Optional.empty()
                : Stream.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT)
                        .flatMap(role -> columns.all(role).stream())
                        .flatMap(column -> of(column, body).stream())
                        .findFirst();
    }

    private static Optional<StatementProblem> of(int column, List<CsvTable.Row> body) {
        var rows = body.stream()
                .filter(row -> row.cell(column).chars().anyMatch(Character::isDigit))
                .toList();
        var areCut = rows.stream()
                .allMatch(row -> WHOLE.matcher(row.cell(column)).matches()
                        && DECIMALS.matcher(row.cell(column + 1)).matches());
        return areCut
                ? rows.stream()
                        .findFirst()
                        .map(row -> new StatementProblem(
                                Reason.AMOUNT, row.line(), row.cell(column) + "," + row.cell(column + 1)))
                : Optional.empty();
    }
}
