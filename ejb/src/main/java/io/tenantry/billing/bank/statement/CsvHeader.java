package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Position and content of a table's header.
 *
 * @param place index of the row; -1 if there is none
 * @param columns the certain columns
 * @param uncertain roles that a person has to map, because several columns are possible
 * @param score rates a separator against others
 */
record CsvHeader(
        int place,
        List<String> names,
        ColumnMapping columns,
        Set<ColumnRole> uncertain,
        Optional<StatementProblem> problem,
        int score) {
    private static final int HEADER_LINES = 60;
    private static final int NAMES_MIN = 2;
    private static final int COMPLETE = 10_000;
    private static final int WIDTH_MAX = 200;

    /**
     * Finds the header: the one that the profile names, or else the row with the best known names; if there is none, or the profile's mapping
     * does not fit below it, the row above the first date.
     */
    static CsvHeader of(CsvTable table, CsvProfile profile) {
        var rows = table.rows();
        if (profile.headerLine().isPresent()) {
            var line = profile.headerLine().get();
            var place = line == 0 ? -1 : place(rows, line);
            return described(rows, place, profile);
        }
        var detected = detected(rows, profile.withColumns(ColumnMapping.NONE));
        if (!profile.columns().isComplete()) {
            return detected;
        }
        if (detected.score() >= COMPLETE) {
            var mapped = described(rows, detected.place(), profile);
            if (mapped.problem().isEmpty()) {
                return detected.isLeftOpen(profile) ? mapped.refused(detected) : mapped;
            }
        }
        return described(rows, placeAbove(rows, profile), profile);
    }

    private static CsvHeader detected(List<CsvTable.Row> rows, CsvProfile profile) {
        CsvHeader best = null;
        for (var place = 0; place < Math.min(rows.size(), HEADER_LINES); place++) {
            if (isNames(rows.get(place), profile)) {
                var found = described(rows, place, profile);
                if (best == null || found.score() > best.score()) {
                    best = found;
                }
                if (best.score() >= COMPLETE) {
                    return best;
                }
            }
        }
        return best == null ? none(rows) : best;
    }

    /** Whether a profile leaves open which of several currencies the amounts are in. */
    private boolean isLeftOpen(CsvProfile profile) {
        return uncertain.contains(ColumnRole.CURRENCY)
                && !profile.columns().has(ColumnRole.CURRENCY)
                && profile.currency().isEmpty();
    }

    private CsvHeader refused(CsvHeader detected) {
        return new CsvHeader(place, names, columns, detected.uncertain(), detected.problem(), score);
    }

    private static CsvHeader none(List<CsvTable.Row> rows) {
        return new CsvHeader(
                -1,
                List.of(),
                ColumnMapping.NONE,
                Set.of(),
                Optional.of(new StatementProblem(Reason.NO_COLUMN, 0, first(rows))),
                -1_000 + width(rows));
    }

    private static int place(List<CsvTable.Row> rows, int line) {
        for (var place = 0; place < rows.size(); place++) {
            if (rows.get(place).line() == line) {
                return place;
            }
        }
        return -1;
    }

    /**
     * Finds the row above the first one with a date in the mapped column: a row with known names, or else the nearest row that can be a header.
     */
    private static int placeAbove(List<CsvTable.Row> rows, CsvProfile profile) {
        var date = profile.columns().first(ColumnRole.DATE).orElse(0);
        var last = Math.min(rows.size(), HEADER_LINES);
        var place = 0;
        while (place < last && !Dates.isLike(rows.get(place).cell(date))) {
            place++;
        }
        var nearest = -1;
        for (var above = place == last ? -1 : place - 1; above >= 0; above--) {
            if (canBeNames(rows.get(above), profile.columns())) {
                if (isNames(rows.get(above), profile)) {
                    return above;
                }
                nearest = Math.max(nearest, above);
            }
        }
        return nearest;
    }

    /** Whether a row can be a header: it names an amount, and is neither a title nor a row with an unrecognized date. */
    private static boolean canBeNames(CsvTable.Row row, ColumnMapping columns) {
        var date = row.cell(columns.first(ColumnRole.DATE).orElse(0));
        return !row.isBroken()
                && row.cells().stream().noneMatch(cell -> Dates.isLike(cell) || Amounts.isLike(cell))
                && Stream.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT)
                        .flatMap(role -> columns.all(role).stream())
                        .anyMatch(column -> !row.cell(column).isEmpty())
                && (StatusVocabulary.notBooked(DoubtfulTerms.fold(date)).isEmpty()
                        || ColumnNames.rank(ColumnRole.DATE, HeaderName.of(date)) >= 0);
    }

    private static boolean isNames(CsvTable.Row row, CsvProfile profile) {
        if (row.isBroken() || row.cells().size() > WIDTH_MAX) {
            return false;
        }
        var given = profile.names().values().stream().map(DoubtfulTerms::fold).collect(Collectors.toSet());
        var known = 0;
        for (var cell : row.cells()) {
            if (Dates.isLike(cell) || Amounts.isLike(cell)) {
                return false;
            }
            if (!cell.isEmpty()
                    && (given.contains(DoubtfulTerms.fold(cell)) || ColumnNames.isKnown(HeaderName.of(cell)))) {
                known++;
            }
        }
        return known >= NAMES_MIN;
    }

    private static CsvHeader described(List<CsvTable.Row> rows, int place, CsvProfile profile) {
        var below = rows.subList(place + 1, rows.size());
        var line = place < 0 ? 0 : rows.get(place).line();
        var names = place < 0 ? List.<String>of() : trimmed(rows.get(place), below);
        if (profile.columns().isComplete()) {
            var width = place < 0 ? width(rows) : names.size();
            var mismatch = mismatch(profile, below, width, line);
            var score = mismatch.isPresent() ? width : COMPLETE + width;
            return new CsvHeader(place, names, profile.columns(), Set.of(), mismatch, score);
        }
        if (place < 0) {
            return none(rows);
        }
        var detected = ColumnDetector.detect(names, below, line, profile.names());
        var known = (int) names.stream()
                .filter(name -> !name.isEmpty() && ColumnNames.isKnown(HeaderName.of(name)))
                .count();
        if (detected.columns().isComplete()) {
            return new CsvHeader(
                    place, names, detected.certain(), detected.uncertain(), detected.problem(), COMPLETE + known);
        }
        return new CsvHeader(
                place,
                names,
                detected.certain(),
                detected.uncertain(),
                Optional.of(new StatementProblem(Reason.NO_COLUMN, line, String.join(", ", names))),
                known);
    }

    /** Returns the names without trailing empty ones that have no cells below them. */
    private static List<String> trimmed(CsvTable.Row row, List<CsvTable.Row> below) {
        var width = row.cells().size();
        while (width > row.filled()) {
            var column = width - 1;
            if (below.stream().anyMatch(each -> !each.cell(column).isEmpty())) {
                break;
            }
            width--;
        }
        return row.cells().subList(0, width);
    }

    private static Optional<StatementProblem> mismatch(
            CsvProfile profile, List<CsvTable.Row> below, int width, int line) {
        var columns = profile.columns();
        var isBeyond = columns.columns().values().stream()
                .flatMap(Collection::stream)
                .anyMatch(column -> column < 0 || column >= width);
        var date = columns.first(ColumnRole.DATE).orElse(0);
        var isWrong = isBeyond || below.stream().noneMatch(row -> Dates.isLike(row.cell(date)));
        return isWrong ? Optional.of(new StatementProblem(Reason.MAPPING, line, "")) : Optional.empty();
    }

    /** Returns the most common width of the rows. */
    static int width(List<CsvTable.Row> rows) {
        return rows.stream()
                .filter(row -> !row.isBlank())
                .collect(Collectors.groupingBy(row -> row.cells().size(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static String first(List<CsvTable.Row> rows) {
        return rows.stream()
                .filter(row -> row.filled() > 1)
                .findFirst()
                .map(row -> String.join(", ", row.cells()))
                .orElse("");
    }
}
