package io.tenantry.billing.bank.statement;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The currency of a row's amount; file, row and amounts must agree on it. */
final class RowCurrencies {
    private final CsvRowReader.Rules rules;
    private final Set<Integer> unchosen;

    RowCurrencies(CsvRowReader.Rules rules, List<CsvTable.Row> rows) {
        this.rules = rules;
        this.unchosen = unchosen(rules, rows);
    }

    /** Returns the currency; empty if they disagree or none of them names one. */
    Optional<Currency> of(CsvTable.Row row, List<Currencies.CurrencyTerm> ofAmount) {
        var all = new ArrayList<>(rules.currencies());
        all.addAll(ofAmount);
        for (var column : rules.columns().all(ColumnRole.CURRENCY)) {
            if (!row.cell(column).isEmpty()) {
                all.add(Currencies.of(row.cell(column)));
            } else if (all.isEmpty()) {
                return Optional.empty(); // The file names currencies, but not that of this row.
            }
        }
        for (var column : rules.columns().all(ColumnRole.BALANCE)) {
            Amounts.parse(row.cell(column), rules.mark())
                    .flatMap(Amounts.Amount::currency)
                    .ifPresent(all::add);
        }
        return Currencies.agreed(all, rules.defaultCurrency())
                .filter(currency -> unchosen.stream()
                        .map(row::cell)
                        .filter(cell -> !cell.isEmpty())
                        .allMatch(cell -> Currencies.of(cell).codes().contains(currency.getCurrencyCode())));
    }

    /** Returns unnamed currency columns that were not considered, as when a mapping was given for a table without a header. */
    private static Set<Integer> unchosen(CsvRowReader.Rules rules, List<CsvTable.Row> rows) {
        return !rules.header().isEmpty() || rules.columns().has(ColumnRole.CURRENCY)
                ? Set.of()
                : IntStream.range(0, rules.width())
                        .filter(column -> isCurrencies(rows, column))
                        .boxed()
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isCurrencies(List<CsvTable.Row> rows, int column) {
        var cells = rows.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        return !cells.isEmpty() && cells.stream().allMatch(Currencies::isKnown);
    }
}
