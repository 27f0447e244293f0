package io.tenantry.web.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A series of values as a small line, drawn on an area of 100 by 30.
 *
 * @param line the points of the line
 * @param area the same points, closed along the bottom
 * @param endsAt the distance of the line's end from the top
 */
public record Sparkline(String line, String area, BigDecimal endsAt) {
    private static final int WIDTH = 100;
    private static final int HEIGHT = 30;
    private static final int MIDDLE = 15;
    private static final int MARGIN = 3;
    private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_UP);

    /** Returns the line of the values, from left to right; the least at the bottom, the greatest at the top. */
    public static Sparkline of(List<BigDecimal> values) {
        if (values.isEmpty()) {
            return new Sparkline("", "", BigDecimal.ZERO);
        }
        var least = values.stream().reduce(BigDecimal::min).orElseThrow();
        var span = values.stream().reduce(BigDecimal::max).orElseThrow().subtract(least);
        var line = IntStream.range(0, values.size())
                .mapToObj(at -> x(at, values.size()) + "," + y(values.get(at), least, span))
                .collect(Collectors.joining(" "));
        return new Sparkline(
                line,
                "0," + HEIGHT + " " + line + " " + x(values.size() - 1, values.size()) + "," + HEIGHT,
                y(values.get(values.size() - 1), least, span));
    }

    private static BigDecimal x(int at, int count) {
        return count == 1
                ? BigDecimal.ZERO
                : two(BigDecimal.valueOf((long) at * WIDTH).divide(BigDecimal.valueOf(count - 1L), DIGITS));
    }

    private static BigDecimal y(BigDecimal value, BigDecimal least, BigDecimal span) {
        var room = BigDecimal.valueOf(HEIGHT - 2L * MARGIN);
        return span.signum() == 0
                ? two(BigDecimal.valueOf(MIDDLE))
                : two(BigDecimal.valueOf(HEIGHT - (long) MARGIN)
                        .subtract(value.subtract(least).multiply(room).divide(span, DIGITS)));
    }

    private static BigDecimal two(BigDecimal value) {
        return value.setScale(2, RoundingMode.HALF_UP);
    }
}
