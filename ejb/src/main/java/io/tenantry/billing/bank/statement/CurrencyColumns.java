package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Finds the column with the currency of the booked amount; if a table has several amounts, each may have a separate currency. */
final class CurrencyColumns {
    private final List<HeaderName> names;
    private final List<ColumnSubject> subjects;
    private final List<CsvTable.Row> rows;
    private final IntPredicate isFree;

    /**
     * Search result.
     *
     * @param ambiguous the candidate columns if it is not certain which one counts; empty if it is
     */
    record ColumnSearch(OptionalInt column, List<Integer> ambiguous) {
        private static final ColumnSearch NONE = new ColumnSearch(OptionalInt.empty(), List.of());

        private static ColumnSearch only(int column) {
            return new ColumnSearch(OptionalInt.of(column), List.of());
        }
    }

    /**
     * Creates a finder for a table.
     *
     * @param isFree whether a column has no role yet
     */
    CurrencyColumns(List<HeaderName> names, List<CsvTable.Row> rows, IntPredicate isFree) {
        this.names = names;
        this.subjects = names.stream().map(ColumnSubject::of).toList();
        this.rows = rows;
        this.isFree = isFree;
    }

    /** Finds the currency of booked amounts, which are in one column, or in one for credit and one for debit. */
    ColumnSearch of(List<Integer> booked) {
        var columnSearch = nearest(booked);
        if (booked.isEmpty()
                || !columnSearch.ambiguous().isEmpty()
                || columnSearch.column().isEmpty()) {
            return columnSearch;
        }
        var currency = columnSearch.column().getAsInt();
        var amount = booked.get(0);
        if (isOfOther(currency, booked)) {
            return new ColumnSearch(columnSearch.column(), List.of(amount, currency));
        }
        return columns(column -> !booked.contains(column) && isInOtherCurrency(column, amount, currency))
                .mapToObj(other -> new ColumnSearch(columnSearch.column(), List.of(amount, other)))
                .findFirst()
                .orElse(columnSearch);
    }

    /**
     * Prefers the currency with the amount's qualifier, then a column known by name, then one known by its cells; of several, the one next to
     * the amount.
     */
    private ColumnSearch nearest(List<Integer> booked) {
        var subject = subject(booked);
        var own = columns(column -> isFree.test(column)
                        && isCurrencies(column)
                        && subjects.get(column).equals(subject))
                .boxed()
                .toList();
        var candidates = own.isEmpty() ? known() : own;
        var after = candidates.stream()
                .filter(column -> booked.contains(column - 1))
                .toList();
        var before = candidates.stream()
                .filter(column -> booked.contains(column + 1) && !isBehindAmount(column))
                .toList();
        var saysItself =
                booked.stream().anyMatch(column -> names.get(column).currency().isPresent());
        if (!after.isEmpty()) {
            return ColumnSearch.only(after.get(0));
        }
        if (candidates.size() == 1 && !saysItself) {
            return ColumnSearch.only(candidates.get(0));
        }
        if (!before.isEmpty()) {
            return ColumnSearch.only(before.get(0));
        }
        if (candidates.size() > 1 && !saysItself) {
            return new ColumnSearch(
                    OptionalInt.of(candidates.get(0)),
                    ColumnDetector.isSame(rows, candidates) ? List.of() : candidates);
        }
        return ColumnSearch.NONE;
    }

    private ColumnSubject subject(List<Integer> booked) {
        return booked.size() == 1 ? subjects.get(booked.get(0)) : new ColumnSubject(java.util.Set.of());
    }

    private List<Integer> known() {
        var named = columns(column -> isFree.test(column)
                        && currencies(column) > 0
                        && currencies(column) * 2 >= filled(column)
                        && ColumnNames.rank(ColumnRole.CURRENCY, names.get(column)) >= 0)
                .boxed()
                .toList();
        var unknown = columns(this::isUnknown).boxed().toList();
        if (named.isEmpty() && !unknown.isEmpty()) {
            return unknown.subList(0, 1);
        }
        return named.isEmpty()
                ? columns(column -> isFree.test(column)
                                && isCurrencies(column)
                                && !ColumnNames.isOtherCurrency(names.get(column)))
                        .boxed()
                        .toList()
                : named;
    }

    /** Whether a column is named as a currency but mostly contains unknown ones, such as tokens. */
    private boolean isUnknown(int column) {
        return isFree.test(column)
                && filled(column) > 0
                && rows.stream()
                        .map(row -> row.cell(column))
                        .noneMatch(cell -> Dates.isLike(cell) || Amounts.isLike(cell))
                && ColumnNames.rank(ColumnRole.CURRENCY, names.get(column)) >= 0;
    }

    /** Whether a currency is that of an amount other than the booked ones. */
    private boolean isOfOther(int currency, List<Integer> booked) {
        var subject = subject(booked);
        var own = subjects.get(currency);
        return !own.equals(subject)
                && !(own.isPart() && subject.isPart())
                && columns(column -> !booked.contains(column)
                                && isAmount(column)
                                && subjects.get(column).equals(own)
                                && !ColumnDetector.isSame(rows, List.of(column, booked.get(0))))
                        .findAny()
                        .isPresent();
    }

    /** Whether a column is another amount that may be the booked one, and is in another currency. */
    private boolean isInOtherCurrency(int other, int amount, int currency) {
        var subject = subjects.get(other);
        return isAmount(other)
                && !subject.equals(subjects.get(amount))
                && !isAdjacent(names.get(other))
                && columns(column -> column != currency
                                && isCurrencies(column)
                                && subjects.get(column).equals(subject))
                        .anyMatch(column -> rows.stream()
                                .anyMatch(row -> !row.cell(column).isEmpty()
                                        && !row.cell(other).isEmpty()
                                        && !row.cell(column).equalsIgnoreCase(row.cell(currency))));
    }

    /** Whether an amount is known not to be the booked one. */
    private static boolean isAdjacent(HeaderName name) {
        return ColumnNames.isOtherAmount(name)
                || ColumnNames.isOtherCurrency(name)
                || ColumnNames.rank(ColumnRole.BALANCE, name) >= 0
                || ColumnNames.rank(ColumnRole.FEE, name) >= 0
                || TypeVocabulary.isGivenBack(name);
    }

    private boolean isAmount(int column) {
        return ColumnSubject.isAmount(names.get(column))
                && rows.stream().map(row -> row.cell(column)).anyMatch(CurrencyColumns::isAmount);
    }

    private static boolean isAmount(String cell) {
        return !Dates.isLike(cell) && Amounts.isLike(cell);
    }

    /** Whether the preceding column is an amount, whose currency this column therefore gives. */
    private boolean isBehindAmount(int column) {
        return column > 0 && rows.stream().map(row -> row.cell(column - 1)).anyMatch(CurrencyColumns::isAmount);
    }

    private boolean isCurrencies(int column) {
        return filled(column) > 0 && currencies(column) == filled(column);
    }

    private long filled(int column) {
        return rows.stream().filter(row -> !row.cell(column).isEmpty()).count();
    }

    private long currencies(int column) {
        return rows.stream()
                .map(row -> row.cell(column))
                .filter(Currencies::isKnown)
                .count();
    }

    private IntStream columns(IntPredicate which) {
        return IntStream.range(0, names.size()).filter(which);
    }
}
