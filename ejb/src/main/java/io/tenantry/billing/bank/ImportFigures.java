package io.tenantry.billing.bank;

import io.tenantry.billing.bank.TotalsReview.Figure;
import io.tenantry.billing.bank.TotalsReview.Item;
import io.tenantry.billing.bank.statement.Balance;
import io.tenantry.billing.bank.statement.BankStatement;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores the figures that a bank file states about itself beside those computed from its transactions, and evaluates them. */
final class ImportFigures {
    private static final int ACCOUNT_MAX = 200;

    private final Sql sql;

    ImportFigures(Sql sql) {
        this.sql = sql;
    }

    /** Whether the figures of a file prevent automatic credits: see {@link TotalsReview}. */
    static boolean isHeld(BankStatement statement, List<FileRow> rows) {
        return !statement.totals().agree()
                && TotalsReview.isOn(
                        statement.totals().checks().stream()
                                .map(check -> new Figure(
                                        check.figure().name(),
                                        check.account(),
                                        check.currency(),
                                        check.reported(),
                                        check.computed()))
                                .toList(),
                        rows.stream()
                                .filter(row -> row.kind() != RowKind.SKIPPED)
                                .map(row -> item(
                                        row.kind(),
                                        row.reason(),
                                        row.lineNumber(),
                                        row.account(),
                                        row.currency(),
                                        row.amount()))
                                .toList());
    }

    /** Same as {@link #isHeld(BankStatement, List)}, for a stored file. */
    boolean isHeld(UUID importId) {
        var figures = sql.query(
                "select * from bank_import_figure where import_id = ? and computed is not null order by position",
                row -> new Figure(
                        row.text("figure"),
                        row.text("account"),
                        Currency.getInstance(row.text("currency")),
                        row.decimal("reported"),
                        row.decimal("computed")),
                importId);
        return figures.stream().anyMatch(Figure::isDifferent)
                && TotalsReview.isOn(
                        figures,
                        sql.query(
                                "select kind, reason, line_number, account, currency, amount from bank_row"
                                        + " where import_id = ? and kind <> 'SKIPPED'",
                                ImportFigures::item,
                                importId));
    }

    private static Item item(Row row) {
        return item(
                RowKind.valueOf(row.text("kind")),
                row.text("reason"),
                row.whole("line_number"),
                row.text("account"),
                row.maybeText("currency").map(Currency::getInstance),
                row.maybeDecimal("amount"));
    }

    private static Item item(
            RowKind kind,
            String reason,
            int line,
            String account,
            Optional<Currency> currency,
            Optional<BigDecimal> amount) {
        // An amount that is not in the account's currency was booked on the account as a different amount.
        var isCertain = !reason.equals(ReviewReason.CURRENCY.name());
        return new Item(
                kind == RowKind.REVIEW,
                reason.equals(ReviewReason.DUPLICATE.name()),
                line,
                account,
                currency.filter(any -> isCertain),
                amount.filter(any -> isCertain));
    }

    /** Stores the computed sums and the figures stated by the file. */
    void insert(UUID importId, BankStatement statement) {
        for (var total : statement.totals().booked()) {
            sql.update(
                    """
                    insert into bank_import_total (import_id, currency, incoming_count, incoming, outgoing_count, outgoing)
                    values (?, ?, ?, ?, ?, ?)
                    """,
                    importId,
                    total.currency(),
                    total.incomingCount(),
                    total.incoming(),
                    total.outgoingCount(),
                    total.outgoing());
        }
        var position = 0;
        for (var balance : statement.balances()) {
            if (balance.kind() == Balance.Kind.OPENING) {
                insertFigure(
                        importId,
                        ++position,
                        "OPENING_BALANCE",
                        balance.account(),
                        balance.currency(),
                        balance.amount(),
                        null);
            }
        }
        for (var check : statement.totals().checks()) {
            insertFigure(
                    importId,
                    ++position,
                    check.figure().name(),
                    check.account(),
                    check.currency(),
                    check.reported(),
                    check.computed());
        }
    }

    private void insertFigure(
            UUID importId,
            int position,
            String figure,
            String account,
            Currency currency,
            BigDecimal reported,
            @Nullable BigDecimal computed) {
        sql.update("""
                insert into bank_import_figure (import_id, position, figure, account, currency, reported, computed)
                values (?, ?, ?, ?, ?, ?, ?)
                """, importId, position, figure, FileText.line(account, ACCOUNT_MAX), currency, reported, computed);
    }
}
