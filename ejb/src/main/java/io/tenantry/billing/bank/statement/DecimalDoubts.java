package io.tenantry.billing.bank.statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Columns in which some amounts have a decimal comma and others a point. If nearly all are written one way, the others are uncertain; otherwise
 * all are. Amounts with different currencies beside them may differ.
 */
final class DecimalDoubts {
    private static final int RARE = 10;

    private final Map<Integer, Set<String>> doubtful = new HashMap<>();

    /**
     * Analyzes a table.
     *
     * @param rules the rules that determine how decimals are written, unless the file contradicts itself
     */
    DecimalDoubts(CsvRowReader.Rules rules, List<CsvTable.Row> rows) {
        for (var role : List.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT)) {
            rules.columns().all(role).forEach(column -> doubtful.put(column, thousands(rows, column)));
        }
        if (rules.mark().isEmpty()) {
            for (var role : List.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT)) {
                rules.columns()
                        .all(role)
                        .forEach(column -> doubtful.merge(column, doubtful(rows, column), DecimalDoubts::both));
            }
        }
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** Returns amounts such as 1.250 in a column that also has 10.50: the point may separate thousands. */
    private static Set<String> thousands(List<CsvTable.Row> rows, int column) {
        var found = new HashSet<String>();
        for (var mark : List.of(".", ",")) {
            var isUsed = rows.stream().anyMatch(row -> matches(row.cell(column), mark, "{1,2}"));
            rows.stream()
                    .map(row -> row.cell(column))
                    .filter(cell -> isUsed && matches(cell, mark, "{3}"))
                    .forEach(found::add);
        }
        return found;
    }

    private static boolean matches(String cell, String mark, String decimals) {
        return cell.matches("[^0-9.,]*[0-9]{1,3}[" + mark + "][0-9]" + decimals + "[^0-9.,]*");
    }

    private static Set<String> doubtful(List<CsvTable.Row> rows, int column) {
        var groups = new HashMap<Set<String>, Map<DecimalMark, List<String>>>();
        for (var row : rows) {
            var cell = row.cell(column);
            Amounts.mark(List.of(cell))
                    .ifPresent(mark -> groups.computeIfAbsent(currency(cell), none -> new HashMap<>())
                            .computeIfAbsent(mark, none -> new ArrayList<>())
                            .add(cell));
        }
        var found = new HashSet<String>();
        for (var marks : groups.values()) {
            var most = marks.values().stream().mapToInt(List::size).max().orElse(0);
            for (var cells : marks.values()) {
                var isCommon = cells.size() == most
                        && marks.values().stream()
                                .allMatch(others -> others.equals(cells) || others.size() * RARE <= most);
                if (!isCommon) {
                    found.addAll(cells);
                }
            }
        }
        return found;
    }

    private static Set<String> currency(String cell) {
        return Amounts.parse(cell, Optional.empty())
                .flatMap(Amounts.Amount::currency)
                .map(Currencies.CurrencyTerm::codes)
                .orElse(Set.of());
    }

    /** Returns the uncertain amount of a row. */
    Optional<String> of(CsvTable.Row row) {
        return doubtful.entrySet().stream()
                .filter(entry -> entry.getValue().contains(row.cell(entry.getKey())))
                .map(entry -> row.cell(entry.getKey()))
                .findFirst();
    }
}
