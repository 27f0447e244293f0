package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Incoming rows that are meaningful only together with another row: its parts, the total of parts, rows that name its id, and rows with a footnote mark. */
final class DependentRows {
    private static final Pattern PART = Pattern.compile(
            "^(?:[-\\u2013\\u2014\\u2022\\u00b7\\u2514\\u251c\\u21b3>*+]\\s+|(?:davon|darunter|hiervon|thereof|of which|including|dont|waarvan|di cui|de los cuales)\\b).*\\p{L}.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FOOTNOTE = Pattern.compile(
            "^([*\\u2020\\u2021\\u00a7#\\u00b9\\u00b2\\u00b3^\\u00b0]{1,3}|\\([0-9a-z]\\)|\\[[0-9a-z]\\])\\)?\\s*=?\\s*\\p{L}.*");
    /** A word with such a mark at its end; column names such as "Zahlungspflichtige*r" have it within. */
    private static final Pattern MARKED = Pattern.compile(
            ".*[\\p{L}\\p{N}.)]\\s?[*\\u2020\\u2021\\u00a7\\u00b9\\u00b2\\u00b3\\u2070-\\u2079\\u2460-\\u2473^\\u00b0]{1,3}",
            Pattern.DOTALL);

    private static final Pattern ID = Pattern.compile("(?:^| )(?:id|uuid|guid|\\w+ ?id)$");
    private static final int ID_MIN = 2;

    /** Columns that contain no id of another row. */
    private static final Set<ColumnRole> OTHERS =
            EnumSet.complementOf(EnumSet.of(ColumnRole.PURPOSE, ColumnRole.BANK_REFERENCE));

    private final CsvRowReader.Rules rules;
    private final Set<Integer> others;
    private final Set<Integer> referred = new HashSet<>();
    /** Lines of rows whose parts are listed beside them, with the first part. */
    private final Map<Integer, String> totals = new HashMap<>();

    private final Set<String> marks;
    private final RowCurrencies currencies;

    /** The amount of a row; of no currency if the row names none. */
    private record RowAmount(BigDecimal value, Optional<Currency> currency) {}

    /** Position of an id. */
    private record IdPosition(int line, int column) {}

    DependentRows(CsvRowReader.Rules rules, List<CsvTable.Row> rows) {
        this.rules = rules;
        this.currencies = new RowCurrencies(rules, rows);
        this.others = OTHERS.stream()
                .flatMap(role -> rules.columns().all(role).stream())
                .collect(Collectors.toUnmodifiableSet());
        this.marks = rows.stream()
                .filter(row -> row.filled() == 1)
                .map(row -> FOOTNOTE.matcher(row.cell(0)))
                .filter(Matcher::matches)
                .map(footnote -> footnote.group(1))
                .collect(Collectors.toUnmodifiableSet());
        findTotals(rows);
        var ids = ids(rows);
        for (var row : rows) {
            for (var column = 0; column < row.cells().size() && !ids.isEmpty(); column++) {
                if (!others.contains(column)) {
                    inspect(row.line(), column, ids.getOrDefault(row.cell(column), List.of()));
                }
            }
        }
    }

    /**
     * Finds rows above parts, and rows below them with their sum: the same money must not be credited twice. Amounts of different currencies
     * have no sum: a row below such parts may be their total.
     */
    private void findTotals(List<CsvTable.Row> rows) {
        var above = Optional.<CsvTable.Row>empty();
        var first = Optional.<String>empty();
        var sum = BigDecimal.ZERO;
        var named = new HashSet<Currency>();
        for (var row : rows) {
            var amount = amount(row);
            if (amount.isPresent()) {
                amount.get().currency().ifPresent(named::add);
                var part = part(row);
                if (part.isPresent()) {
                    first = first.or(() -> part);
                    sum = named.size() > 1 ? sum : sum.add(amount.get().value());
                    above.ifPresent(total -> totals.put(total.line(), part.get()));
                } else {
                    if (first.isPresent()
                            && (named.size() > 1 || sum.compareTo(amount.get().value()) == 0)) {
                        totals.put(row.line(), first.get());
                    }
                    first = Optional.empty();
                    sum = BigDecimal.ZERO;
                    named.clear();
                }
                above = part.isPresent() ? Optional.empty() : Optional.of(row);
            }
        }
    }

    private Optional<String> part(CsvTable.Row row) {
        var isShort = row.cells().size() < rules.width();
        var parties = rules.columns().all(ColumnRole.PAYER);
        return IntStream.range(0, row.cells().size())
                .filter(column -> isShort || !others.contains(column) || parties.contains(column))
                .mapToObj(row::cell)
                .filter(cell -> PART.matcher(cell).matches())
                .findFirst();
    }

    /** Returns the amount of a row regardless of its direction, wherever a row of fewer cells has it. */
    private Optional<RowAmount> amount(CsvTable.Row row) {
        var columns = Stream.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT)
                .flatMap(role -> rules.columns().all(role).stream());
        var cells = row.cells().size() < rules.width() ? row.cells().stream() : columns.map(row::cell);
        return cells.filter(cell -> !Dates.isLike(cell))
                .flatMap(cell -> Amounts.parse(cell, rules.mark()).stream())
                .map(amount -> new RowAmount(
                        amount.value().abs(),
                        currencies.of(row, amount.currency().stream().toList())))
                .findFirst();
    }

    private Map<String, List<IdPosition>> ids(List<CsvTable.Row> rows) {
        var columns = IntStream.range(0, rules.header().size())
                .filter(column -> ID.matcher(DoubtfulTerms.fold(rules.header().get(column)))
                        .find())
                .limit(1)
                .boxed()
                .toList();
        var ids = new HashMap<String, List<IdPosition>>();
        for (var row : rows) {
            columns.stream()
                    .filter(column -> row.cell(column).length() >= ID_MIN)
                    .forEach(column -> ids.computeIfAbsent(row.cell(column), none -> new ArrayList<>())
                            .add(new IdPosition(row.line(), column)));
        }
        return ids;
    }

    private void inspect(int line, int column, List<IdPosition> owners) {
        if (owners.size() == 1 && owners.get(0).line() != line && owners.get(0).column() != column) {
            referred.add(line);
            referred.add(owners.get(0).line());
        }
    }

    /** Whether a cell ends with a footnote mark. */
    static boolean isMarked(String cell) {
        return MARKED.matcher(cell).matches();
    }

    /** Returns a classified row, marked for review if it is incoming and depends on another one. */
    StatementRow checked(CsvTable.Row row, StatementRow judged) {
        if (!(judged instanceof Booked booked) || booked.transaction().amount().signum() <= 0) {
            return judged;
        }
        if (referred.contains(row.line())) {
            return RunningBalance.review(booked, ReviewReason.BATCH, "");
        }
        var part = part(row).or(() -> Optional.ofNullable(totals.get(row.line())));
        if (part.isPresent()) {
            return RunningBalance.review(booked, ReviewReason.BATCH, part.get());
        }
        var parties = rules.party().sides().payers().stream().map(row::cell).filter(DependentRows::isMarked);
        return Stream.concat(
                        parties,
                        row.cells().stream().filter(cell -> marks.stream().anyMatch(cell::endsWith)))
                .findFirst()
                .<StatementRow>map(cell -> RunningBalance.review(booked, ReviewReason.STATUS, cell))
                .orElse(judged);
    }
}
