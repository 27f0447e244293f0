package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The texts of a row of a table, by the roles of its columns. */
final class RowTexts {
    /** A number that a spreadsheet has rounded, as in 1,2345E+15: several accounts or references may have become the same. */
    private static final Pattern ROUNDED = Pattern.compile("[0-9][.,][0-9]+E\\+[0-9]{2}");

    private final CsvRowReader.Rules rules;

    RowTexts(CsvRowReader.Rules rules) {
        this.rules = rules;
    }

    /** Returns the remittance text, with text from other cells that may name a second customer. */
    String purpose(CsvTable.Row row) {
        return ReferenceText.with(
                joined(row, ColumnRole.PURPOSE),
                IntStream.range(0, row.cells().size())
                        .filter(column -> !isAccount(column) || ReferenceText.isReferenced(row.cell(column)))
                        .mapToObj(row::cell)
                        .filter(cell -> !Dates.isLike(cell) && !Amounts.isLike(cell))
                        .toList());
    }

    private boolean isAccount(int column) {
        return Stream.of(ColumnRole.ACCOUNT, ColumnRole.IBAN)
                .anyMatch(role -> rules.columns().all(role).contains(column));
    }

    /** Whether the row states neither the payer nor the purpose, although there are columns for them: it may be a balance. */
    boolean isMissing(CsvTable.Row row) {
        var roles = List.of(ColumnRole.PURPOSE, ColumnRole.PAYER, ColumnRole.IBAN);
        return roles.stream().anyMatch(rules.columns()::has)
                && roles.stream().allMatch(role -> joined(row, role).isEmpty());
    }

    String account(CsvTable.Row row) {
        var own = joined(row, ColumnRole.ACCOUNT);
        return own.isEmpty() ? rules.account() : own;
    }

    /** Returns the content of columns for accounts of the other party, even if it may be the reseller's. */
    String accountCell(CsvTable.Row row) {
        return cells(row, rules.party().cells());
    }

    /** Returns the name of the other party of incoming or outgoing money. */
    String party(CsvTable.Row row, boolean isOut) {
        return rules.party().sides().name(row, isOut);
    }

    /** Returns the account of the other party of incoming or outgoing money. */
    String partyAccount(CsvTable.Row row, boolean isOut) {
        var recipient = isOut ? rules.party().sides().recipientAccount(row) : "";
        return recipient.isEmpty() ? joined(row, ColumnRole.IBAN) : recipient;
    }

    String joined(CsvTable.Row row, ColumnRole role) {
        var columns = rules.columns().all(role);
        return cells(
                row,
                role == ColumnRole.IBAN
                        ? columns.stream()
                                .filter(column -> !rules.party().unread().contains(column))
                                .toList()
                        : columns);
    }

    static String cells(CsvTable.Row row, List<Integer> columns) {
        return columns.stream()
                .map(row::cell)
                .filter(cell -> !cell.isEmpty() && !ROUNDED.matcher(cell).matches())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
