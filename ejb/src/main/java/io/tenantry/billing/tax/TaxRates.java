package io.tenantry.billing.tax;

import io.tenantry.kernel.csv.CsvLine;
import io.tenantry.text.DecimalText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tax rates by place, category and day. A rate applies from its day until the next one of that place and category; there is none before the
 * first. Lines have the form {@code DE;STANDARD;19;2021-01-01}; those that start with {@code #} are comments.
 */
public final class TaxRates {
    /** Category of computing in all known places, and of any category at a place without a separate rate for it. */
    public static final String STANDARD = "STANDARD";

    private static final int FIELDS = 4;
    private static final BigDecimal PERCENT_MAX = new BigDecimal("100");

    private final Map<String, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();

    private TaxRates() {}

    /**
     * Parses the rates of a file.
     *
     * @throws IllegalArgumentException if a line cannot be read, or has a different rate for a day that already has one
     */
    public static TaxRates of(Stream<String> lines) {
        var table = new TaxRates();
        lines.map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(table::add);
        return table;
    }

    /** Returns the built-in rates of the EU, the United Kingdom, Switzerland and Norway. */
    public static TaxRates known() {
        return of(lines());
    }

    static Stream<String> lines() {
        try (var file = TaxRates.class.getResourceAsStream("rates.csv")) {
            if (file == null) {
                throw new IllegalStateException("rates.csv is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the rate on a day, in percent. */
    public Optional<BigDecimal> on(LocalDate day, String place, String category) {
        return Optional.ofNullable(rates.get(key(place, category)))
                .map(history -> history.floorEntry(day))
                .map(Map.Entry::getValue);
    }

    private void add(String line) {
        var parts = CsvLine.cells(line).orElse(List.of());
        if (parts.size() != FIELDS
                || !TaxRateImport.isPlace(parts.get(0))
                || parts.get(1).isBlank()) {
            throw new IllegalArgumentException("place;category;percent;from expected, found " + line);
        }
        var percent = percent(parts.get(2), line);
        var before = rates.computeIfAbsent(key(parts.get(0), parts.get(1)), any -> new TreeMap<>())
                .putIfAbsent(LocalDate.parse(parts.get(3)), percent);
        if (before != null) {
            throw new IllegalArgumentException("two rates from one day: " + line);
        }
    }

    private static BigDecimal percent(String text, String line) {
        var percent = DecimalText.require(text);
        if (percent.signum() < 0 || percent.compareTo(PERCENT_MAX) > 0) {
            throw new IllegalArgumentException("a rate is from 0 to 100 percent, found " + line);
        }
        return percent;
    }

    private static String key(String country, String category) {
        return country + ";" + category;
    }
}
