package io.tenantry.kernel.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rounds amounts so that they add up to a given sum: each is rounded down, and the remainder is distributed, one smallest unit each, to those
 * that lost most, the first among equals. So each differs by less than a smallest unit from its exact value.
 */
public final class RoundingAllocator {
    private RoundingAllocator() {}

    /**
     * Returns the rounded amounts, in their order.
     *
     * @param sum with that many decimals; less than a smallest unit from the sum of the amounts
     */
    public static List<BigDecimal> shared(List<BigDecimal> exact, BigDecimal sum, int decimals) {
        var unit = BigDecimal.ONE.movePointLeft(decimals);
        var floors = exact.stream()
                .map(amount -> amount.setScale(decimals, RoundingMode.FLOOR))
                .toList();
        var missing = sum.subtract(floors.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .movePointRight(decimals)
                .intValueExact();
        if (missing < 0 || missing > exact.size()) {
            throw new IllegalArgumentException(exact + " do not add up to " + sum);
        }
        var raised = IntStream.range(0, exact.size())
                .boxed()
                .sorted(Comparator.comparing((Integer place) -> exact.get(place).subtract(floors.get(place)))
                        .reversed())
                .limit(missing)
                .collect(Collectors.toSet());
        return IntStream.range(0, exact.size())
                .mapToObj(place -> raised.contains(place) ? floors.get(place).add(unit) : floors.get(place))
                .toList();
    }
}
