package io.tenantry.billing.bank.statement;

import java.util.List;

/**
 * A statement as read from a file.
 *
 * @param rows every row of the file once, in its order; a batch in a camt file gives one row for each of its parts
 * @param balances opening and closing balances as the file reports them; empty if it does not
 * @param unknownLines lines outside the table that are not understood, each once; nothing is certain before a person accepts them
 */
public record BankStatement(
        StatementFormat format,
        List<StatementRow> rows,
        StatementTotals totals,
        List<Balance> balances,
        List<String> unknownLines) {
    public BankStatement {
        rows = List.copyOf(rows);
        balances = List.copyOf(balances);
        unknownLines = List.copyOf(unknownLines);
    }

    /** The certain transactions, in the order of the file. */
    public List<BankTransaction> transactions() {
        return rows.stream()
                .filter(StatementRow.Booked.class::isInstance)
                .map(row -> ((StatementRow.Booked) row).transaction())
                .toList();
    }

    /** Returns the rows that a person has to decide on. */
    public List<StatementRow.Review> reviews() {
        return rows.stream()
                .filter(StatementRow.Review.class::isInstance)
                .map(StatementRow.Review.class::cast)
                .toList();
    }

    /** Returns the rows that are not booked transactions. */
    public List<StatementRow.Skipped> skipped() {
        return rows.stream()
                .filter(StatementRow.Skipped.class::isInstance)
                .map(StatementRow.Skipped.class::cast)
                .toList();
    }
}
