package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.DirectionHints.Hint;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Determines the signed amount of a row: from one column with signs, from columns for credit and debit, or from an amount and a word for its
 * direction. Contradictory rows have none.
 */
final class CsvDirections {
    private final CsvRowReader.Rules rules;
    private DirectionHints hints;
    private boolean isSigned;
    private boolean isWorded;
    private boolean isOutgoingTitle;
    /** Some rows without a sign are outgoing, so that each has to state that it is incoming. */
    private boolean isMixed;
    /** The column that identifies a ledger export, in which debit and credit are swapped. */
    private Optional<String> ledger = Optional.empty();

    CsvDirections(CsvRowReader.Rules rules) {
        this.rules = rules;
        this.hints = new DirectionHints(rules, List.of());
    }

    /**
     * Amount stated by a row.
     *
     * @param value positive for incoming money
     * @param reason why it is not certain, or null
     */
    record SignedAmount(
            BigDecimal value, @Nullable ReviewReason reason, String detail, List<Currencies.CurrencyTerm> currencies) {
        private static SignedAmount uncertain(ReviewReason reason, String detail) {
            return new SignedAmount(BigDecimal.ONE, reason, detail, List.of());
        }

        boolean isZero() {
            return reason == null && value.signum() == 0;
        }
    }

    /** Analyzes how amounts and directions are written in the table. */
    void inspect(List<CsvTable.Row> rows) {
        for (var column : rules.columns().all(ColumnRole.AMOUNT)) {
            for (var row : rows) {
                var amount = parse(row, OptionalInt.of(column));
                isSigned |= amount.isPresent() && amount.get().isSigned();
                isWorded |= amount.isPresent() && amount.get().direction().isPresent();
            }
        }
        hints = new DirectionHints(rules, rows);
        ledger = BookkeepingColumns.ledger(rules, rows);
        isMixed = CardColumns.isStatement(rules.header()) || isMixed(rows);
    }

    private boolean isMixed(List<CsvTable.Row> rows) {
        return isSigned
                ? isInverted(rows)
                : isOutgoingTitle
                        || hints.isOutgoingParty()
                        || BookkeepingColumns.isOfDocuments(rules)
                        || rules.header().stream().map(DoubtfulTerms::fold).anyMatch(TypeVocabulary::startsTakenOut)
                        || rows.stream().filter(CsvDirections::isTotal).anyMatch(this::isOutgoingTitle)
                        || rows.stream().map(hints::of).anyMatch(hint -> hint == Hint.OUT || hint == Hint.UNCERTAIN);
    }

    /** Analyzes the rows above the table. */
    void readAbove(List<CsvTable.Row> rows) {
        isOutgoingTitle = rows.stream().anyMatch(this::isOutgoingTitle);
    }

    /** Whether a row announces outgoing money, for example by a nonzero total of it. */
    private boolean isOutgoingTitle(CsvTable.Row row) {
        var amounts = row.cells().stream()
                .filter(cell -> !Dates.isLike(cell))
                .flatMap(cell -> Amounts.parse(cell, rules.mark()).stream())
                .toList();
        return row.cells().stream().map(DoubtfulTerms::fold).anyMatch(TypeVocabulary::isOutgoingTitle)
                && (amounts.isEmpty()
                        || amounts.stream().anyMatch(amount -> amount.value().signum() != 0));
    }

    private static boolean isTotal(CsvTable.Row row) {
        return row.cells().stream()
                .anyMatch(cell -> RowLabels.of(cell).equals(Optional.of(StatementRow.SkipReason.TOTAL)));
    }

    /** Whether signs are inverted, as on credit card statements, where spending is positive. */
    private boolean isInverted(List<CsvTable.Row> rows) {
        var balance = 0;
        for (var row : rows) {
            var amount = parse(row, rules.columns().first(ColumnRole.AMOUNT));
            if (amount.isPresent()) {
                balance += hints.saysSpent(row) ? amount.get().value().signum() : 0;
                balance -= hints.saysReceived(row) ? amount.get().value().signum() : 0;
            }
        }
        return balance > 0;
    }

    /** Whether any amount of the only amount column has a sign. */
    boolean isSigned() {
        return isSigned;
    }

    SignedAmount of(CsvTable.Row row) {
        if (ledger.isPresent()) {
            return SignedAmount.uncertain(ReviewReason.DIRECTION, ledger.get());
        }
        var columns = rules.columns();
        return columns.has(ColumnRole.CREDIT) || columns.has(ColumnRole.DEBIT) ? ofTwoColumns(row) : ofOneColumn(row);
    }

    private SignedAmount ofTwoColumns(CsvTable.Row row) {
        var credit = side(row, ColumnRole.CREDIT);
        var debit = side(row, ColumnRole.DEBIT);
        if (credit.reason() != null || debit.reason() != null) {
            return credit.reason() != null ? credit : debit;
        }
        var isCredit = credit.value().signum() != 0;
        var isDebit = debit.value().signum() != 0;
        if (isCredit && isDebit) {
            return SignedAmount.uncertain(ReviewReason.CONTRADICTION, "");
        }
        if (!isCredit && !isDebit) {
            return ofNeither(row);
        }
        if (isCredit && credit.value().signum() < 0) {
            return SignedAmount.uncertain(
                    ReviewReason.CONTRADICTION, credit.value().toPlainString());
        }
        var side = isCredit ? credit : debit;
        var signed = isCredit ? side.value() : side.value().abs().negate();
        return agreed(row, new SignedAmount(signed, null, "", side.currencies()));
    }

    private SignedAmount ofNeither(CsvTable.Row row) {
        var isBlank = isBlank(row, ColumnRole.CREDIT) && isBlank(row, ColumnRole.DEBIT);
        if (!isBlank) {
            return isBlank(row, ColumnRole.AMOUNT) || single(row).value().signum() == 0
                    ? new SignedAmount(BigDecimal.ZERO, null, "", List.of())
                    : SignedAmount.uncertain(ReviewReason.CONTRADICTION, "");
        }
        if (isBlank(row, ColumnRole.AMOUNT)) {
            return SignedAmount.uncertain(ReviewReason.MISSING, "");
        }
        var own = single(row);
        return own.reason() != null || own.value().signum() == 0
                ? own
                : SignedAmount.uncertain(ReviewReason.DIRECTION, own.value().toPlainString());
    }

    /** A separate amount beside credit and debit must be equal to it, and a direction word must agree. */
    private SignedAmount agreed(CsvTable.Row row, SignedAmount sided) {
        var own = parse(row, rules.columns().first(ColumnRole.AMOUNT));
        var isOther = own.isPresent()
                && own.get().value().signum() != 0
                && (own.get().value().abs().compareTo(sided.value().abs()) != 0
                        || (own.get().isSigned()
                                && own.get().value().signum() != sided.value().signum()));
        var word = direction(row);
        var isAgainst = word.isPresent()
                && (word.get() == Direction.IN) != sided.value().signum() > 0;
        var isUnread = !isBlank(row, ColumnRole.AMOUNT) && own.isEmpty();
        var isStatedOtherwise = sided.value().signum() > 0 && hints.isOutgoing(row);
        return isOther || isAgainst || isUnread || isStatedOtherwise || isUnknownWord(row)
                ? SignedAmount.uncertain(ReviewReason.CONTRADICTION, words(row))
                : sided;
    }

    private SignedAmount side(CsvTable.Row row, ColumnRole role) {
        var column = rules.columns().first(role);
        if (column.isEmpty() || row.cell(column.getAsInt()).isEmpty() || isDash(row.cell(column.getAsInt()))) {
            return new SignedAmount(BigDecimal.ZERO, null, "", List.of());
        }
        var amount = parse(row, column);
        if (amount.isEmpty()) {
            return SignedAmount.uncertain(ReviewReason.AMOUNT, row.cell(column.getAsInt()));
        }
        var expected = role == ColumnRole.CREDIT ? Direction.IN : Direction.OUT;
        return amount.get().direction().filter(word -> word != expected).isPresent()
                ? SignedAmount.uncertain(ReviewReason.CONTRADICTION, row.cell(column.getAsInt()))
                : new SignedAmount(
                        amount.get().value(),
                        null,
                        "",
                        amount.get().currency().stream().toList());
    }

    private static boolean isDash(String cell) {
        return cell.length() <= 2 && cell.chars().allMatch(sign -> Amounts.isMinus((char) sign));
    }

    private SignedAmount ofOneColumn(CsvTable.Row row) {
        var single = single(row);
        if (single.reason() != null || single.value().signum() == 0) {
            return single;
        }
        var amount = parse(row, rules.columns().first(ColumnRole.AMOUNT)).orElseThrow();
        if (isUnknownWord(row)) {
            return SignedAmount.uncertain(ReviewReason.DIRECTION, words(row));
        }
        var words = new ArrayList<Direction>(direction(row).stream().toList());
        amount.direction().ifPresent(words::add);
        var isIn = words.contains(Direction.IN);
        var isOut = words.contains(Direction.OUT);
        if ((isIn && isOut)
                || (isIn && amount.value().signum() < 0)
                || (isOut && amount.isSigned() && amount.value().signum() > 0)) {
            return SignedAmount.uncertain(ReviewReason.CONTRADICTION, words(row));
        }
        if (isOut && isSigned && amount.value().signum() > 0) {
            return SignedAmount.uncertain(ReviewReason.CONTRADICTION, words(row));
        }
        if (isOut) {
            return new SignedAmount(amount.value().abs().negate(), null, "", single.currencies());
        }
        return isIn || amount.value().signum() < 0 ? single : unsigned(row, single);
    }

    /** Resolves a positive amount without a direction word: it is incoming if signs indicate the direction in this file. */
    private SignedAmount unsigned(CsvTable.Row row, SignedAmount amount) {
        if (rules.columns().has(ColumnRole.DIRECTION) || isWorded) {
            return SignedAmount.uncertain(ReviewReason.DIRECTION, "");
        }
        if (!isSigned && rules.unsigned().isPresent()) {
            if (rules.unsigned().get() == Direction.OUT) {
                return new SignedAmount(amount.value().negate(), null, "", amount.currencies());
            }
            return hints.saysOutgoing(row) ? SignedAmount.uncertain(ReviewReason.DIRECTION, "") : amount;
        }
        var hint = hints.of(row);
        if (!isSigned && hint == Hint.OUT) {
            return new SignedAmount(amount.value().negate(), null, "", amount.currencies());
        }
        var isUncertain = isSigned ? hints.isOutgoing(row) : hint == Hint.UNCERTAIN;
        return isUncertain || (isMixed && hint != Hint.IN)
                ? SignedAmount.uncertain(ReviewReason.DIRECTION, "")
                : amount;
    }

    private SignedAmount single(CsvTable.Row row) {
        var column = rules.columns().first(ColumnRole.AMOUNT);
        if (column.isEmpty() || row.cell(column.getAsInt()).isEmpty()) {
            return SignedAmount.uncertain(ReviewReason.MISSING, "");
        }
        return parse(row, column)
                .map(amount -> new SignedAmount(
                        amount.value(), null, "", amount.currency().stream().toList()))
                .orElseGet(() -> SignedAmount.uncertain(ReviewReason.AMOUNT, row.cell(column.getAsInt())));
    }

    private Optional<Amounts.Amount> parse(CsvTable.Row row, OptionalInt column) {
        return column.isEmpty() ? Optional.empty() : Amounts.parse(row.cell(column.getAsInt()), rules.mark());
    }

    private boolean isBlank(CsvTable.Row row, ColumnRole role) {
        return rules.columns().all(role).stream()
                .allMatch(column -> row.cell(column).isEmpty() || isDash(row.cell(column)));
    }

    /** Returns the direction that the words of a row agree on. */
    private Optional<Direction> direction(CsvTable.Row row) {
        var all = directions(row).stream().flatMap(Optional::stream).distinct().toList();
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    private List<Optional<Direction>> directions(CsvTable.Row row) {
        return rules.columns().all(ColumnRole.DIRECTION).stream()
                .filter(column -> !row.cell(column).isEmpty())
                .map(column -> DirectionVocabulary.of(
                        DoubtfulTerms.fold(rules.name(column).orElse("")), row.cell(column)))
                .toList();
    }

    private boolean isUnknownWord(CsvTable.Row row) {
        var cells = directions(row);
        return cells.stream().anyMatch(Optional::isEmpty)
                || cells.stream().distinct().count() > 1;
    }

    private String words(CsvTable.Row row) {
        return String.join(
                " ",
                rules.columns().all(ColumnRole.DIRECTION).stream()
                        .map(row::cell)
                        .toList());
    }
}
