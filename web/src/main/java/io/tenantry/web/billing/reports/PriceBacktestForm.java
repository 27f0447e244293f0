package io.tenantry.web.billing.reports;

import io.tenantry.billing.reports.PriceBacktest;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.text.DateText;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The input of a price backtest, as the address contains it.
 *
 * @param month one of the available months; the latest unless another is named
 * @param prices prices of single plans and add-ons as entered: up to the last one that is filled in, and an empty one after it
 * @param faults the invalid fields by name, with the key of a message
 */
record PriceBacktestForm(YearMonth month, String percent, List<Price> prices, Map<String, String> faults) {
    static final String MONTH = "month";
    static final String PERCENT = "percent";
    private static final String PLAN = "plan";
    private static final String PRICE = "price";
    private static final int PRICES_LEAST = 3;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}([.,][0-9]{1,9})?");

    /** A plan or kind of add-on, and its new monthly price. */
    record Price(int number, String subject, String monthly) {
        private boolean isEmpty() {
            return subject.isEmpty() && monthly.isEmpty();
        }
    }

    /** Returns the names of all fields. */
    static List<String> fields() {
        return Stream.concat(
                        Stream.of(MONTH, PERCENT),
                        IntStream.rangeClosed(1, PriceBacktest.PRICES_MAX)
                                .boxed()
                                .flatMap(number -> Stream.of(PLAN + number, PRICE + number)))
                .toList();
    }

    /** Returns the input that an address contains, for the given months. */
    static PriceBacktestForm of(ListQuery listQuery, List<YearMonth> months) {
        var month = listQuery
                .filter(MONTH)
                .flatMap(PriceBacktestForm::month)
                .filter(months::contains)
                .orElse(months.get(0));
        var written = IntStream.rangeClosed(1, PriceBacktest.PRICES_MAX)
                .mapToObj(number -> new Price(
                        number,
                        listQuery.filter(PLAN + number).orElse(""),
                        listQuery.filter(PRICE + number).orElse("")))
                .toList();
        var filled = written.stream()
                .filter(price -> !price.isEmpty())
                .mapToInt(Price::number)
                .max()
                .orElse(0);
        var shown = written.subList(0, Math.min(PriceBacktest.PRICES_MAX, Math.max(PRICES_LEAST, filled + 1)));
        return new PriceBacktestForm(month, listQuery.filter(PERCENT).orElse(""), shown, Map.of());
    }

    /** Returns the same input with its errors. */
    PriceBacktestForm checked(Set<String> subjects) {
        var wrong = new LinkedHashMap<String, String>();
        if (!percent.isEmpty()
                && number(percent)
                        .filter(PriceBacktest.HypotheticalChange::isPercent)
                        .isEmpty()) {
            wrong.put(PERCENT, "price-backtest.fault.percent");
        }
        var seen = new HashSet<String>();
        for (var price : prices) {
            if (price.subject().isEmpty() != price.monthly().isEmpty()) {
                wrong.put(
                        price.subject().isEmpty() ? PLAN + price.number() : PRICE + price.number(),
                        price.subject().isEmpty() ? "price-backtest.fault.plan" : "price-backtest.fault.price");
            } else if (!price.isEmpty()) {
                if (!subjects.contains(price.subject())) {
                    wrong.put(PLAN + price.number(), "price-backtest.fault.unknown");
                } else if (!seen.add(price.subject())) {
                    wrong.put(PLAN + price.number(), "price-backtest.fault.twice");
                }
                if (number(price.monthly())
                        .filter(PriceBacktest.HypotheticalChange::isMonthly)
                        .isEmpty()) {
                    wrong.put(PRICE + price.number(), "price-backtest.fault.price");
                }
            }
        }
        return new PriceBacktestForm(month, percent, prices, wrong);
    }

    /** Returns the question; valid only if there are no errors. */
    PriceBacktest.HypotheticalChange question() {
        var monthly = new LinkedHashMap<String, BigDecimal>();
        prices.stream()
                .filter(price -> !price.isEmpty())
                .forEach(price ->
                        monthly.put(price.subject(), number(price.monthly()).orElseThrow()));
        return new PriceBacktest.HypotheticalChange(month, number(percent).orElse(BigDecimal.ZERO), monthly);
    }

    private static Optional<BigDecimal> number(String text) {
        return Optional.of(text.strip())
                .filter(written -> NUMBER.matcher(written).matches())
                .map(written -> new BigDecimal(written.replace(',', '.')));
    }

    private static Optional<YearMonth> month(String text) {
        return DateText.month(text);
    }
}
