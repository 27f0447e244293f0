package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Detects the role of each column by its name, and by whether its cells match the name. */
final class ColumnDetector {
    private static final List<ColumnRole> AMOUNTS = List.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT);
    private static final Pattern TAX =
            Pattern.compile("\\b(?:tax|vat|mwst|ust|\\w*steuer|steuerbetrag|tva|btw|iva|moms|gst)\\b");

    private static final Pattern LABELLED = Pattern.compile("\\p{L}[\\p{L} ./]{2,40}: ?\\S");

    private final List<HeaderName> names;
    private final List<CsvTable.Row> rows;
    private final List<Content> contents;
    private final Map<ColumnRole, List<Integer>> found = new EnumMap<>(ColumnRole.class);
    private final TreeSet<Integer> taken = new TreeSet<>();
    private final int headerLine;
    private final Set<ColumnRole> uncertain = EnumSet.noneOf(ColumnRole.class);
    private Optional<StatementProblem> problem = Optional.empty();

    /**
     * Detection result.
     *
     * @param uncertain roles whose column is not certain
     * @param problem why
     */
    record Detected(ColumnMapping columns, Set<ColumnRole> uncertain, Optional<StatementProblem> problem) {
        /** Returns the part of the mapping that needs no confirmation. */
        ColumnMapping certain() {
            var certain = new HashMap<>(columns.columns());
            certain.keySet().removeAll(uncertain);
            return new ColumnMapping(certain);
        }
    }

    /** Number of cells of each kind in a column. */
    private record Content(
            int filled, int dates, int amounts, int currencies, int directions, int states, int answers, int accounts) {
        private static Content of(List<CsvTable.Row> rows, int column) {
            var filled = 0;
            var dates = 0;
            var amounts = 0;
            var currencies = 0;
            var directions = 0;
            var states = 0;
            var answers = 0;
            var accounts = 0;
            for (var row : rows) {
                var cell = row.cell(column);
                if (!cell.isEmpty()) {
                    var folded = DoubtfulTerms.fold(cell);
                    var isDate = Dates.isLike(cell);
                    filled++;
                    dates += isDate ? 1 : 0;
                    amounts += !isDate && Amounts.isLike(cell) ? 1 : 0;
                    currencies += Currencies.isKnown(cell) ? 1 : 0;
                    directions += DirectionVocabulary.of(cell).isPresent() ? 1 : 0;
                    states += StatusVocabulary.isKnown(folded) ? 1 : 0;
                    answers += StatusVocabulary.isAnswer(folded) ? 1 : 0;
                    accounts += cell.replaceAll("[^0-9]", "").length() >= 4 ? 1 : 0;
                }
            }
            return new Content(filled, dates, amounts, currencies, directions, states, answers, accounts);
        }
    }

    private ColumnDetector(List<String> header, List<CsvTable.Row> rows, int headerLine) {
        this.names = header.stream().map(HeaderName::of).toList();
        this.rows = rows;
        this.headerLine = headerLine;
        this.contents = IntStream.range(0, header.size())
                .mapToObj(column -> Content.of(rows, column))
                .toList();
    }

    /**
     * Detects the columns of a table.
     *
     * @param rows below the header
     * @param given names that take precedence over the known ones
     */
    static Detected detect(
            List<String> header, List<CsvTable.Row> rows, int headerLine, Map<ColumnRole, String> given) {
        var detector = new ColumnDetector(header, rows, headerLine);
        detector.given(given);
        detector.all();
        return new Detected(new ColumnMapping(detector.found), Set.copyOf(detector.uncertain), detector.problem);
    }

    private void given(Map<ColumnRole, String> given) {
        given.forEach((role, name) -> {
            var wanted = DoubtfulTerms.fold(name);
            columns(column -> names.get(column).whole().equals(wanted)).stream()
                    .findFirst()
                    .ifPresent(column -> take(role, column));
        });
    }

    private void all() {
        best(ColumnRole.DATE, column -> contents.get(column).dates() > 0, true);
        best(ColumnRole.CREDIT, this::isAmounts, false);
        best(ColumnRole.DEBIT, this::isAmounts, false);
        amount();
        best(ColumnRole.BALANCE, this::isAmounts, true);
        best(ColumnRole.FEE, this::isAmounts, true);
        currency();
        directions();
        states();
        best(ColumnRole.PAYER, this::isParty, true);
        best(ColumnRole.IBAN, this::isFilled, true);
        if (!found.containsKey(ColumnRole.IBAN)) {
            columns(column -> !taken.contains(column)
                            && isAccounts(column)
                            && ColumnNames.rank(ColumnRole.PAYER, names.get(column)) >= 0)
                    .stream()
                    .findFirst()
                    .ifPresent(column -> take(ColumnRole.IBAN, column));
        }
        best(ColumnRole.BANK_REFERENCE, this::isFilled, true);
        best(
                ColumnRole.ACCOUNT,
                column -> contents.get(column).filled() > 0
                        && contents.get(column).accounts()
                                == contents.get(column).filled(),
                true);
        purposes();
    }

    private boolean isParty(int column) {
        return isFilled(column) && !isAccounts(column) && !PartySides.isNextToPayers(names, column);
    }

    private boolean isFilled(int column) {
        return contents.get(column).filled() > 0;
    }

    private boolean isAccounts(int column) {
        return CellKind.areAccounts(rows.stream().map(row -> row.cell(column)).toList());
    }

    private boolean isAmounts(int column) {
        return contents.get(column).amounts() > 0
                && contents.get(column).directions()
                        < Math.max(1, contents.get(column).filled());
    }

    /**
     * Selects the column with the most specific name whose cells fit; several of the same rank are a problem unless the first is sufficient.
     */
    private void best(ColumnRole role, IntPredicate fits, boolean isFirstEnough) {
        if (found.containsKey(role)) {
            return;
        }
        var named = columns(column -> !taken.contains(column) && ColumnNames.rank(role, names.get(column)) >= 0);
        var fitting = named.stream().filter(fits::test).toList();
        var candidates = fitting.isEmpty() && isEmpty(named) ? named : fitting;
        var least = candidates.stream()
                .mapToInt(column -> ColumnNames.rank(role, names.get(column)))
                .min();
        if (least.isEmpty()) {
            return;
        }
        var telling = candidates.stream()
                .filter(column -> ColumnNames.rank(role, names.get(column)) == least.getAsInt())
                .toList();
        if (telling.size() > 1 && !isFirstEnough && !isSame(rows, telling)) {
            ambiguous(telling);
        }
        take(role, telling.get(0));
    }

    private boolean isEmpty(List<Integer> columns) {
        return columns.stream().allMatch(column -> contents.get(column).filled() == 0);
    }

    private void amount() {
        best(ColumnRole.AMOUNT, this::isAmounts, false);
        var isSplit = found.containsKey(ColumnRole.CREDIT) && found.containsKey(ColumnRole.DEBIT);
        var amount = found.getOrDefault(ColumnRole.AMOUNT, List.of());
        if (isSplit && !amount.isEmpty() && contents.get(amount.get(0)).filled() == 0) {
            found.remove(ColumnRole.AMOUNT);
        }
        amount.stream().flatMap(net -> taxOf(net).stream()).findFirst().ifPresent(this::ambiguous);
        for (var role : AMOUNTS) {
            for (var column : found.getOrDefault(role, List.of())) {
                if (names.get(column).isUnknownCurrency() && problem.isEmpty()) {
                    uncertain.addAll(AMOUNTS);
                    problem = Optional.of(new StatementProblem(
                            Reason.CURRENCY, headerLine, names.get(column).whole()));
                }
            }
        }
    }

    /** Returns the columns of a net amount, the tax and their sum, if the net amount is before tax rather than after fees. */
    private Optional<List<Integer>> taxOf(int net) {
        if (!ColumnSubject.of(names.get(net)).words().contains("net")) {
            return Optional.empty();
        }
        var amounts = columns(column -> column != net && contents.get(column).amounts() > 0);
        return amounts.stream()
                .filter(tax -> TAX.matcher(names.get(tax).whole()).find())
                .flatMap(tax -> amounts.stream()
                        .filter(sum -> !sum.equals(tax) && rows.stream().anyMatch(row -> isSum(row, net, tax, sum)))
                        .map(sum -> List.of(net, tax, sum)))
                .findFirst();
    }

    private static boolean isSum(CsvTable.Row row, int net, int tax, int sum) {
        var mark = Amounts.mark(List.of(row.cell(net), row.cell(tax), row.cell(sum)));
        var before = Amounts.parse(row.cell(net), mark).map(Amounts.Amount::value);
        var added = Amounts.parse(row.cell(tax), mark).map(Amounts.Amount::value);
        var after = Amounts.parse(row.cell(sum), mark).map(Amounts.Amount::value);
        return before.isPresent()
                && added.isPresent()
                && after.isPresent()
                && added.get().signum() != 0
                && before.get().add(added.get()).compareTo(after.get()) == 0;
    }

    private void currency() {
        if (found.containsKey(ColumnRole.CURRENCY)) {
            return;
        }
        var booked = AMOUNTS.stream()
                .flatMap(role -> found.getOrDefault(role, List.of()).stream())
                .toList();
        var currency = new CurrencyColumns(names, rows, column -> !taken.contains(column)).of(booked);
        if (!currency.ambiguous().isEmpty()) {
            uncertain.add(ColumnRole.CURRENCY);
            ambiguous(currency.ambiguous());
        }
        currency.column().ifPresent(column -> take(ColumnRole.CURRENCY, column));
    }

    private void directions() {
        if (found.containsKey(ColumnRole.DIRECTION)) {
            return;
        }
        for (var column : columns(each -> !taken.contains(each))) {
            var content = contents.get(column);
            var isNamed = ColumnNames.rank(ColumnRole.DIRECTION, names.get(column)) >= 0
                    && content.dates() == 0
                    && (content.amounts() == 0 || isDigits(column));
            var isDirections = content.filled() > 0
                    && content.directions() == content.filled()
                    && !isFlagged(column)
                    && !CardColumns.isFunding(column, names, rows);
            if ((isNamed && content.filled() > 0) || isDirections) {
                take(ColumnRole.DIRECTION, column);
            }
        }
    }

    /** Whether a column's name states what its words or marks affirm, or it has only one mark, so that "+" need not be a direction. */
    private boolean isFlagged(int column) {
        var name = names.get(column);
        return Markers.isFlag(name)
                || Markers.isDue(name)
                || StatusVocabulary.isKnown(name.whole())
                || ColumnNames.isSided(name)
                || rows.stream().map(row -> row.cell(column)).allMatch(cell -> cell.isEmpty() || cell.equals("+"))
                || (isDirected() && rows.stream().map(row -> row.cell(column)).allMatch(ColumnDetector::isNoValue));
    }

    private static boolean isNoValue(String cell) {
        return cell.isEmpty() || (cell.length() == 1 && Amounts.isMinus(cell.charAt(0)));
    }

    /** Whether columns or signs show the directions, so that a dash in another column means that it has no value. */
    private boolean isDirected() {
        return found.containsKey(ColumnRole.CREDIT)
                || found.containsKey(ColumnRole.DEBIT)
                || found.getOrDefault(ColumnRole.AMOUNT, List.of()).stream()
                        .flatMap(column -> rows.stream().map(row -> row.cell(column)))
                        .anyMatch(cell -> !cell.isEmpty() && Amounts.isMinus(cell.charAt(0)));
    }

    /** Whether its cells are single digits, as codes are in some countries. */
    private boolean isDigits(int column) {
        return rows.stream().map(row -> row.cell(column)).allMatch(cell -> cell.matches("[0-9]?"));
    }

    private void states() {
        if (found.containsKey(ColumnRole.STATUS)) {
            return;
        }
        for (var column : columns(each -> !taken.contains(each))) {
            var content = contents.get(column);
            var isNamed = ColumnNames.rank(ColumnRole.STATUS, names.get(column)) >= 0;
            var isStates = content.filled() > 0
                    && content.states() == content.filled()
                    && !Markers.isNamed(names.get(column))
                    && !isText(names.get(column))
                    && !RemarkColumns.isNamed(names.get(column));
            var isAnswers = StatusVocabulary.isKnown(names.get(column).whole())
                    && content.answers() == content.filled()
                    && content.filled() > 0;
            if (isNamed || isStates || isAnswers || isPartlyStates(column)) {
                take(ColumnRole.STATUS, column);
            }
        }
    }

    /** Whether some words of a column with few distinct words are known states, so that the unknown others are states as well. */
    private boolean isPartlyStates(int column) {
        var content = contents.get(column);
        var name = names.get(column);
        return content.states() > 0
                && content.dates() + content.amounts() + content.currencies() + content.directions() == 0
                && !Markers.isFlag(name)
                && !isText(name)
                && !RemarkColumns.isNamed(name)
                && !TypeVocabulary.isType(name)
                && !ColumnNames.isKnown(name)
                && RowShape.isWords(rows.stream().map(row -> row.cell(column)).toList());
    }

    /** Whether a column's name suggests free text, so that its words are not conclusive. */
    private static boolean isText(HeaderName name) {
        return ColumnNames.rank(ColumnRole.PURPOSE, name) >= 0 || ColumnNames.rank(ColumnRole.PAYER, name) >= 0;
    }

    private void purposes() {
        if (found.containsKey(ColumnRole.PURPOSE)) {
            return;
        }
        var named = columns(column -> !taken.contains(column)
                && isFilled(column)
                && ColumnNames.rank(ColumnRole.PURPOSE, names.get(column)) >= 0);
        (named.isEmpty() ? columns(this::isRemark) : named).forEach(column -> take(ColumnRole.PURPOSE, column));
        columns(this::isContinued).forEach(column -> take(ColumnRole.PURPOSE, column));
        columns(column -> !taken.contains(column) && isFilled(column) && ColumnNames.isEndToEnd(names.get(column)))
                .forEach(column -> take(ColumnRole.PURPOSE, column));
    }

    private boolean isRemark(int column) {
        return !taken.contains(column) && isFilled(column) && RemarkColumns.isNamed(names.get(column));
    }

    /** Whether an unnamed column continues the text column before it: each of its cells starts with a label. */
    private boolean isContinued(int column) {
        var first = column;
        while (first > 0 && names.get(first).whole().isEmpty()) {
            first--;
        }
        return first < column
                && isFilled(column)
                && found.getOrDefault(ColumnRole.PURPOSE, List.of()).contains(first)
                && rows.stream()
                        .map(row -> row.cell(column))
                        .allMatch(
                                cell -> cell.isEmpty() || LABELLED.matcher(cell).lookingAt());
    }

    private List<Integer> columns(IntPredicate which) {
        return IntStream.range(0, names.size()).filter(which).boxed().toList();
    }

    private void take(ColumnRole role, int column) {
        found.computeIfAbsent(role, none -> new ArrayList<>()).add(column);
        taken.add(column);
    }

    /** Whether the columns have equal cells in every row. */
    static boolean isSame(List<CsvTable.Row> rows, List<Integer> columns) {
        return rows.stream()
                .allMatch(row -> columns.stream().map(row::cell).distinct().count() == 1);
    }

    private void ambiguous(List<Integer> columns) {
        uncertain.addAll(AMOUNTS); // Any other ambiguity affects which amount counts.
        if (problem.isEmpty()) {
            problem = Optional.of(new StatementProblem(
                    Reason.AMBIGUOUS_COLUMN,
                    headerLine,
                    String.join(
                            ", ",
                            columns.stream()
                                    .sorted(Comparator.naturalOrder())
                                    .map(column -> names.get(column).whole())
                                    .toList())));
        }
    }
}
