package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.Known;
import io.tenantry.billing.bank.statement.StatementRow.Review;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import io.tenantry.billing.bank.statement.StatementRow.Skipped;
import io.tenantry.kernel.limits.TimeLimit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Classifies each row of a table: a booked transaction, nothing to book, or a row for review. */
final class CsvRowReader {
    private final Rules rules;
    private final CsvDirections directions;
    private RowDoubts doubts;
    private RowCurrencies currencies;
    private final List<Balance> balances = new ArrayList<>();
    private final CsvSections sections;
    private final OutsideLines outside;
    private final RowShape shape;
    private final RowTexts texts;

    /**
     * The certain parts of the layout.
     *
     * @param header empty if there is none
     * @param width number of columns
     * @param cells number of cells in a row, including empty ones after the last column
     * @param party whose accounts the columns of accounts name
     * @param own the reseller's accounts
     * @param isGiven whether a person chose the columns
     * @param isOthersConfirmed whether a person confirmed that unused columns are irrelevant
     * @param currencies all currency information of the file outside its rows
     * @param defaultCurrency used if the file has no currency information
     */
    record Rules(
            List<String> header,
            int width,
            int cells,
            ColumnMapping columns,
            PartyAccounts party,
            OwnAccount own,
            Optional<DateOrder> dateOrder,
            Optional<DecimalMark> mark,
            Optional<Direction> unsigned,
            boolean isGiven,
            boolean isOthersConfirmed,
            List<Currencies.CurrencyTerm> currencies,
            Currency defaultCurrency,
            String account,
            LocalDate today) {
        Optional<String> name(int column) {
            return column < header.size() ? Optional.of(header.get(column)) : Optional.empty();
        }
    }

    CsvRowReader(Rules rules, OutsideLines outside) {
        this.rules = rules;
        this.outside = outside;
        this.directions = new CsvDirections(rules);
        this.doubts = new RowDoubts(rules, List.of());
        this.currencies = new RowCurrencies(rules, List.of());
        this.sections = new CsvSections(rules);
        this.shape = new RowShape(rules);
        this.texts = new RowTexts(rules);
    }

    /** Reads balances from rows above the header. */
    void readAbove(List<CsvTable.Row> rows) {
        directions.readAbove(rows);
        for (var row : rows) {
            TimeLimit.require();
            RowLabels.balance(row.cell(0)).ifPresent(kind -> reported(row, kind));
        }
        sections.readAbove(rows);
        rows.forEach(outside::read);
    }

    BankStatement read(List<CsvTable.Row> rows) {
        directions.inspect(rows);
        doubts = new RowDoubts(rules, rows);
        currencies = new RowCurrencies(rules, rows);
        var judged = new ArrayList<StatementRow>();
        var steps = new ArrayList<RunningBalance.Step>();
        for (var row : rows) {
            TimeLimit.require();
            var one = judge(row);
            judged.add(one);
            steps.add(step(row, one));
        }
        var running = new RunningBalance(steps, isUnsigned());
        for (var place = 0; place < judged.size(); place++) {
            TimeLimit.require();
            judged.set(place, running.checked(place, judged.get(place), CsvFees.of(rules, rows.get(place))));
        }
        Duplicates.review(rows, judged, rules.columns());
        Duplicates.review(judged);
        var unknown = new UnknownColumns(rules, rows);
        var dependent = new DependentRows(rules, rows);
        var unfilled = new UnfilledCells(rules, rows, judged);
        for (var place = 0; place < judged.size(); place++) {
            TimeLimit.require();
            judged.set(place, unfilled.checked(rows.get(place), judged.get(place)));
            judged.set(place, dependent.checked(rows.get(place), judged.get(place)));
            judged.set(place, unknown.checked(rows.get(place), judged.get(place)));
        }
        rules.own().review(judged, !rules.party().uncertain().isEmpty());
        rules.party().sides().own().review(judged);
        Counterparts.review(judged);
        SumRows.review(rules, rows, judged);
        AccountLines.review(rules, rows, judged);
        RowFootnotes.review(rules, rows, judged);
        outside.readWithin(rules, rows, judged);
        outside.review(judged);
        return new BankStatement(
                StatementFormat.CSV,
                judged,
                Totals.of(judged, balances, running.check(judged)),
                balances,
                outside.unknown());
    }

    private boolean isUnsigned() {
        return !directions.isSigned()
                && !rules.columns().has(ColumnRole.DIRECTION)
                && !rules.columns().has(ColumnRole.CREDIT)
                && !rules.columns().has(ColumnRole.DEBIT)
                && rules.unsigned().isEmpty();
    }

    private RunningBalance.Step step(CsvTable.Row row, StatementRow judged) {
        var balance = rules.columns().first(ColumnRole.BALANCE);
        if (judged instanceof Review) {
            return RunningBalance.Step.GAP;
        }
        if (!(judged instanceof Booked booked) || balance.isEmpty()) {
            return RunningBalance.Step.NONE;
        }
        var transaction = booked.transaction();
        return Amounts.parse(row.cell(balance.getAsInt()), rules.mark())
                .map(amount -> new RunningBalance.Step(
                        transaction.account() + " " + transaction.currency(),
                        transaction.bookedOn(),
                        transaction.amount(),
                        balance(amount)))
                .orElse(RunningBalance.Step.NONE);
    }

    private static BigDecimal balance(Amounts.Amount amount) {
        return amount.direction().equals(Optional.of(Direction.OUT))
                ? amount.value().negate()
                : amount.value();
    }

    private StatementRow judge(CsvTable.Row row) {
        var fault = row.fault();
        if (fault != null) {
            return review(row, fault, "");
        }
        if (row.isBlank()) {
            return skipped(row, SkipReason.BLANK);
        }
        if (shape.isHeader(row)) {
            sections.header();
            return skipped(row, SkipReason.HEADER);
        }
        var isText = shape.isText(row);
        var label = label(row);
        if (label.isPresent() && !(isText && CsvSections.isOtherTable(row))) {
            return labelled(row, label.get());
        }
        if (isText) {
            sections.between(row);
            if (!outside.isAccepted(row) || CsvSections.isKnownHeading(row)) {
                sections.heading(row);
            }
            return skipped(row, SkipReason.NOTE);
        }
        if (row.filled() > rules.width() || row.cells().size() > rules.cells()) {
            return review(
                    row,
                    ReviewReason.TOO_MANY_CELLS,
                    Integer.toString(row.cells().size()));
        }
        if (row.cells().size() < Math.max(rules.width(), rules.cells())) {
            sections.between(row);
            return review(
                    row,
                    ReviewReason.TOO_FEW_CELLS,
                    Integer.toString(row.cells().size()));
        }
        return sections.isPending() ? skipped(row, SkipReason.PENDING) : transaction(row);
    }

    private record Label(int column, String cell, SkipReason reason) {}

    private Optional<Label> label(CsvTable.Row row) {
        var amounts =
                Set.of(ColumnRole.PAYER, ColumnRole.IBAN, ColumnRole.CURRENCY, ColumnRole.STATUS, ColumnRole.DIRECTION);
        for (var column = 0; column < row.cells().size(); column++) {
            var at = column;
            var isOfOther =
                    amounts.stream().anyMatch(role -> rules.columns().all(role).contains(at));
            if (!isOfOther || row.filled() <= 2) {
                var reason = RowLabels.of(row.cell(column));
                var isId = rules.columns().all(ColumnRole.BANK_REFERENCE).contains(column);
                if (reason.isPresent() && !(isId && isComplete(row))) {
                    return Optional.of(new Label(column, row.cell(column), reason.get()));
                }
            }
        }
        return Optional.empty();
    }

    private StatementRow labelled(CsvTable.Row row, Label label) {
        var hasParty = (!texts.joined(row, ColumnRole.PAYER).isEmpty()
                        || !texts.joined(row, ColumnRole.IBAN).isEmpty())
                && row.cells().size() == rules.width();
        if (hasParty) {
            return review(row, ReviewReason.CONTRADICTION, label.cell());
        }
        if (RowLabels.isAlsoPurpose(label.cell()) && isComplete(row)) {
            return review(row, ReviewReason.SUMMARY, label.cell());
        }
        sections.between(row);
        RowLabels.balance(label.cell()).ifPresent(kind -> reported(row, kind));
        return skipped(row, label.reason());
    }

    /** Whether a row has a date and an amount in the expected columns. */
    private boolean isComplete(CsvTable.Row row) {
        var date = rules.columns().first(ColumnRole.DATE);
        var amount = directions.of(row);
        return row.cells().size() >= rules.width()
                && date.isPresent()
                && Dates.isLike(row.cell(date.getAsInt()))
                && !amount.isZero()
                && shape.hasDigitsOfAmount(row);
    }

    private void reported(CsvTable.Row row, Balance.Kind kind) {
        var found = new ArrayList<BigDecimal>();
        for (var cell : row.cells()) {
            if (!Dates.isLike(cell)) {
                Amounts.parse(cell, rules.mark()).ifPresent(amount -> found.add(signed(row, amount)));
            }
        }
        if (found.stream().distinct().count() == 1) {
            currencies
                    .of(row, List.of())
                    .ifPresent(currency -> balances.add(new Balance(
                            kind,
                            rules.account(),
                            row.cells().stream()
                                    .flatMap(cell -> Dates.parse(cell, rules.dateOrder()).stream())
                                    .findFirst(),
                            found.get(0),
                            currency)));
        }
    }

    private BigDecimal signed(CsvTable.Row row, Amounts.Amount amount) {
        var isOut = rules.columns().all(ColumnRole.DIRECTION).stream()
                .anyMatch(column -> DirectionVocabulary.of(row.cell(column)).equals(Optional.of(Direction.OUT)));
        return isOut && amount.value().signum() > 0 ? amount.value().negate() : balance(amount);
    }

    private StatementRow transaction(CsvTable.Row row) {
        var date = rules.columns().first(ColumnRole.DATE).orElse(0);
        var notBooked = StatusVocabulary.notBooked(DoubtfulTerms.fold(row.cell(date)));
        if (notBooked.isPresent()) {
            return skipped(row, notBooked.get());
        }
        var status = RowStatus.of(rules, row);
        if (status.skip() != null) {
            return skipped(row, status.skip());
        }
        if (status.review() != null) {
            return review(row, status.review(), status.detail());
        }
        var doubt = doubts.of(row);
        if (doubt.isPresent()) {
            return review(row, doubt.get().reason(), doubt.get().detail());
        }
        var section = sections.doubt();
        if (section.isPresent()) {
            return review(row, section.get(), "");
        }
        return transaction(row, date);
    }

    /** Reads a row that is booked and about which nothing is doubtful but its values. */
    private StatementRow transaction(CsvTable.Row row, int date) {
        var amount = directions.of(row);
        if (amount.isZero()) {
            return skipped(row, SkipReason.ZERO_AMOUNT);
        }
        var bookedOn = Dates.parse(row.cell(date), rules.dateOrder());
        if (bookedOn.isEmpty()) {
            sections.group(row.cell(date));
            return review(row, row.cell(date).isEmpty() ? ReviewReason.MISSING : ReviewReason.DATE, row.cell(date));
        }
        if (amount.reason() != null) {
            return review(row, amount.reason(), amount.detail());
        }
        var currency = currencies.of(row, amount.currencies());
        if (currency.isEmpty()) {
            return review(row, ReviewReason.CURRENCY, texts.joined(row, ColumnRole.CURRENCY));
        }
        if (!BankTransaction.isPossible(amount.value(), currency.get())) {
            return review(row, ReviewReason.AMOUNT, amount.value().toPlainString());
        }
        if (Dates.isFarOff(bookedOn.get(), rules.today())) {
            return review(row, ReviewReason.DATE_FAR_OFF, row.cell(date));
        }
        return booked(row, bookedOn.get(), amount.value(), currency.get());
    }

    private StatementRow booked(CsvTable.Row row, LocalDate bookedOn, BigDecimal amount, Currency currency) {
        var doubtOfIncoming = amount.signum() > 0 ? doubts.ofIncoming(row) : Optional.<RowDoubts.Doubt>empty();
        if (doubtOfIncoming.isPresent()) {
            return review(
                    row, doubtOfIncoming.get().reason(), doubtOfIncoming.get().detail());
        }
        if (amount.signum() > 0 && texts.isMissing(row)) {
            return review(row, ReviewReason.MISSING, "");
        }
        var purpose = amount.signum() > 0 ? texts.purpose(row) : texts.joined(row, ColumnRole.PURPOSE);
        if (amount.signum() > 0 && purpose.length() > BankTransaction.PURPOSE_MAX) {
            return review(row, ReviewReason.TOO_LONG, "");
        }
        return new Booked(
                row.line(),
                row.raw(),
                new BankTransaction(
                        texts.account(row),
                        texts.joined(row, ColumnRole.BANK_REFERENCE),
                        bookedOn,
                        amount,
                        currency,
                        texts.party(row, amount.signum() < 0),
                        texts.partyAccount(row, amount.signum() < 0),
                        purpose,
                        texts.accountCell(row)));
    }

    private static Skipped skipped(CsvTable.Row row, SkipReason reason) {
        return new Skipped(row.line(), row.raw(), reason);
    }

    private Review review(CsvTable.Row row, ReviewReason reason, String detail) {
        var isWhole = !row.isBroken()
                && row.cells().size() == Math.max(rules.width(), rules.cells())
                && row.filled() <= rules.width();
        if (!isWhole) {
            return new Review(
                    row.line(),
                    row.raw(),
                    reason,
                    detail,
                    new Known(rules.account(), "", Optional.empty(), Optional.empty(), Optional.empty(), "", "", ""));
        }
        var amount = directions.of(row);
        var currency = currencies.of(row, amount.currencies());
        var isAmount =
                amount.reason() == null && !amount.isZero() && currency.isPresent() && reason != ReviewReason.AMOUNT;
        return new Review(
                row.line(),
                row.raw(),
                reason,
                BankTransaction.clean(detail, 200),
                new Known(
                        texts.account(row),
                        texts.joined(row, ColumnRole.BANK_REFERENCE),
                        rules.columns().has(ColumnRole.DATE)
                                ? Dates.parse(
                                        row.cell(rules.columns()
                                                .first(ColumnRole.DATE)
                                                .orElse(0)),
                                        rules.dateOrder())
                                : Optional.empty(),
                        isAmount ? Optional.of(amount.value()) : Optional.empty(),
                        isAmount ? currency : Optional.empty(),
                        texts.party(row, isAmount && amount.value().signum() < 0),
                        texts.partyAccount(row, isAmount && amount.value().signum() < 0),
                        texts.joined(row, ColumnRole.PURPOSE)));
    }
}
