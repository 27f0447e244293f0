package io.tenantry.web.billing.reports;

import io.tenantry.kernel.money.Money;
import io.tenantry.web.billing.reports.ReportTable.Cell;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The cells, sums and charts of one report, in its currency. */
final class ReportFigures {
    private static final int BARS_MAX = 8;
    private static final int DECIMALS = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Format format;
    private final Currency currency;

    ReportFigures(Format format, Currency currency) {
        this.format = format;
        this.currency = currency;
    }

    /** Returns the sum of an amount of each row. */
    <T> Money sum(List<T> rows, Function<T, Money> of) {
        return rows.stream().map(of).reduce(Money.zero(currency), Money::plus);
    }

    /** Returns the label of a kind of charge. */
    String kind(String kind) {
        return format.text("reports.kind." + kind);
    }

    /** Returns a cell with a text. */
    static Cell text(String text) {
        return new Cell(text, text, "", "");
    }

    /** Returns a cell with an amount. */
    Cell money(Money money) {
        return new Cell(money.amount(), format.money(money), format.money(money, true, false), "");
    }

    /** Returns a cell with a number. */
    Cell count(int count) {
        return new Cell(count, format.number(count), "", "");
    }

    /** Returns a cell with a percentage rate. */
    Cell rate(BigDecimal percent) {
        return new Cell(percent, format.number(percent), "", "");
    }

    /** Returns a cell with a share as a percentage with one decimal. */
    Cell percent(BigDecimal share) {
        var hundredths = share.multiply(HUNDRED).setScale(1, RoundingMode.HALF_UP);
        return new Cell(hundredths, format.tenths(hundredths), "", "");
    }

    /** Returns a cell with the share of a part in a whole; empty if that is nothing. */
    Cell share(Money part, Money whole) {
        return whole.isZero()
                ? text("")
                : percent(part.amount().divide(whole.amount(), DECIMALS, RoundingMode.HALF_UP));
    }

    /** Returns a chart of the sums by name: those furthest from zero, the greatest first; empty if all are zero. */
    <T> Optional<BarChart> greatest(
            List<T> rows, Function<T, String> name, Function<T, Money> of, Function<T, String> href) {
        var sums = new LinkedHashMap<String, Money>();
        var links = new HashMap<String, String>();
        for (var row : rows) {
            sums.merge(name.apply(row), of.apply(row), Money::plus);
            links.put(name.apply(row), href.apply(row));
        }
        var shown = sums.entrySet().stream()
                .filter(one -> !one.getValue().isZero())
                .sorted(Comparator.comparing(
                        (Map.Entry<String, Money> one) ->
                                one.getValue().amount().abs(),
                        Comparator.reverseOrder()))
                .limit(BARS_MAX)
                .sorted(Map.Entry.<String, Money>comparingByValue().reversed())
                .map(one -> new BarChart.Value(
                        one.getKey(),
                        one.getValue().amount(),
                        BigDecimal.ZERO,
                        Objects.requireNonNullElse(links.get(one.getKey()), "")))
                .toList();
        return Optional.of(shown).filter(some -> !some.isEmpty()).map(some -> BarChart.named(some, this::written));
    }

    /** Returns an amount as charts name it. */
    String written(BigDecimal amount) {
        return format.money(new Money(amount, currency));
    }
}
