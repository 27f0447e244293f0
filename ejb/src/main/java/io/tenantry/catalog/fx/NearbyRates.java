package io.tenantry.catalog.fx;

import io.tenantry.catalog.fx.EcbRateFile.RateRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Rates of the same currency on days nearby, known or in the same file, to find implausible ones. */
final class NearbyRates {
    /** How far days are compared. */
    static final int DAYS_MAX = 30;

    /** No reference rate has halved or doubled within a month. */
    private static final BigDecimal FACTOR_MAX = BigDecimal.valueOf(2);

    private final Map<String, NavigableMap<LocalDate, RateRow>> rates = new HashMap<>();

    NearbyRates(List<RateRow> known, List<RateRow> file) {
        file.forEach(this::add);
        known.forEach(this::add);
    }

    private void add(RateRow said) {
        rates.computeIfAbsent(said.currency(), any -> new TreeMap<>()).put(said.day(), said);
    }

    /** Returns the closest earlier or later rate if it differs implausibly; empty if it is plausible or there is none nearby. */
    Optional<RateRow> contradicting(RateRow said) {
        var history = rates.getOrDefault(said.currency(), new TreeMap<>());
        return Stream.of(
                        Optional.ofNullable(history.lowerEntry(said.day())),
                        Optional.ofNullable(history.higherEntry(said.day())))
                .flatMap(Optional::stream)
                .map(Map.Entry::getValue)
                .filter(other -> !other.day().isBefore(said.day().minusDays(DAYS_MAX))
                        && !other.day().isAfter(said.day().plusDays(DAYS_MAX)))
                .filter(other -> isFar(said.perEuro(), other.perEuro()))
                .findFirst();
    }

    private static boolean isFar(BigDecimal one, BigDecimal other) {
        return one.compareTo(other.multiply(FACTOR_MAX)) > 0 || other.compareTo(one.multiply(FACTOR_MAX)) > 0;
    }
}
