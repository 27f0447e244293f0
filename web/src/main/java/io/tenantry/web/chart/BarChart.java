package io.tenantry.web.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Bars over time, ready to be rendered: two values per slot, this period's and that of the previous period. Bars of negative values extend
 * below the zero line; a slot's credited amount is drawn there too, below a negative value. Positions and sizes are percentages of the plot
 * with two decimals.
 *
 * @param bars from left to right
 * @param axis a few labels below, spread evenly
 * @param most the label of the upper end; empty if no value is positive
 * @param least the label of the lower end; empty if no value is negative
 * @param zeroAt the position of zero, from the top
 */
public record BarChart(List<Bar> bars, List<String> axis, String most, String least, BigDecimal zeroAt) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_UP);
    private static final int AXIS_LABELS_MAX = 4;
    private static final int AXIS_LABEL_SHORT = 9;

    /**
     * The values of one slot.
     *
     * @param label the label of the slot
     * @param now this period's value
     * @param then the previous period's value; zero for none
     * @param credited the amount credited in this period, not included in {@code now}: zero or less
     * @param missing the text in place of an unknown value; empty if the value is known
     * @param href the list from which this period's value is computed; empty for none
     */
    public record Value(
            String label, BigDecimal now, BigDecimal then, BigDecimal credited, String missing, String href) {
        public Value {
            if (credited.signum() > 0) {
                throw new IllegalArgumentException("credited " + credited);
            }
        }

        /** Creates a value without a credited amount. */
        public Value(String label, BigDecimal now, BigDecimal then, String href) {
            this(label, now, then, BigDecimal.ZERO, "", href);
        }

        /** Creates a value without a link. */
        public Value(String label, BigDecimal now, BigDecimal then) {
            this(label, now, then, "");
        }

        /** Creates a slot with an unknown value, which is not zero. */
        public static Value missing(String label, String word) {
            return new Value(label, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, word, "");
        }

        /** Returns how far it extends below zero. */
        private BigDecimal lowest() {
            return now.min(BigDecimal.ZERO).add(credited).min(then);
        }
    }

    /**
     * A rendered slot.
     *
     * @param label the label of the slot
     * @param now this period's value as text
     * @param then the previous period's value as text; empty if there is none
     * @param credited the credited amount as text; empty if no slot has any
     * @param title the tooltip
     * @param thenColumn the bar of the previous period
     * @param nowColumn the bar of this period
     * @param creditedColumn the bar of the credited amount
     * @param href the link; empty for none
     * @param entrance whether the keyboard focus enters the chart here: the last visible bar
     */
    public record Bar(
            String label,
            String now,
            String then,
            String credited,
            String title,
            BigDecimal slotAt,
            BigDecimal slotWidth,
            BigDecimal thenAt,
            BigDecimal nowAt,
            BigDecimal width,
            Column thenColumn,
            Column nowColumn,
            Column creditedColumn,
            String href,
            boolean entrance) {
        /** Whether there is nothing to see. */
        public boolean isEmpty() {
            return thenColumn.isEmpty() && nowColumn.isEmpty() && creditedColumn.isEmpty();
        }

        /** Whether it links to its source. */
        public boolean isLeading() {
            return !href.isEmpty();
        }

        private Bar asEntrance() {
            return new Bar(
                    label,
                    now,
                    then,
                    credited,
                    title,
                    slotAt,
                    slotWidth,
                    thenAt,
                    nowAt,
                    width,
                    thenColumn,
                    nowColumn,
                    creditedColumn,
                    href,
                    true);
        }
    }

    /**
     * The position and height of a bar.
     *
     * @param top the distance from the top
     * @param height zero for a bar that is not drawn
     */
    public record Column(BigDecimal top, BigDecimal height) {
        boolean isEmpty() {
            return height.signum() == 0;
        }
    }

    /** The range of values of a plot: it always includes zero. */
    private record Scale(BigDecimal most, BigDecimal least) {
        static Scale of(List<Value> values) {
            var most = values.stream()
                    .flatMap(value -> Stream.of(value.now(), value.then()))
                    .reduce(BigDecimal.ZERO, BigDecimal::max);
            var least = values.stream().map(Value::lowest).reduce(BigDecimal.ZERO, BigDecimal::min);
            return new Scale(most, least);
        }

        Column column(BigDecimal from, BigDecimal to) {
            var top = at(from.max(to));
            return new Column(top, at(from.min(to)).subtract(top));
        }

        /** Returns the distance of a value from the upper end. */
        BigDecimal at(BigDecimal value) {
            var span = most.subtract(least);
            return span.signum() == 0
                    ? two(HUNDRED)
                    : two(most.subtract(value).multiply(HUNDRED).divide(span, DIGITS));
        }
    }

    /** Whether there are values of the previous period. */
    public boolean isCompared() {
        return bars.stream().anyMatch(bar -> !bar.then().isEmpty());
    }

    /** Whether any slot has a credited amount. */
    public boolean isCrediting() {
        return bars.stream().anyMatch(bar -> !bar.credited().isEmpty());
    }

    /** Whether each bar has its label below it. */
    public boolean isNamed() {
        return axis.size() == bars.size();
    }

    /** Whether the labels of the axis are so long that only a few fit side by side. */
    public boolean isLong() {
        return axis.stream().anyMatch(label -> label.length() > AXIS_LABEL_SHORT);
    }

    /** Whether any value is negative. */
    public boolean isBelowZero() {
        return !least.isEmpty();
    }

    /** Returns a chart of values that are not over time, each with its label; {@code words} formats a value. */
    public static BarChart named(List<Value> values, Function<BigDecimal, String> words) {
        var drawn = of(values, words);
        var names = values.stream().map(Value::label).toList();
        return new BarChart(drawn.bars(), names, drawn.most(), drawn.least(), drawn.zeroAt());
    }

    /** Returns a chart of the values; {@code words} formats a value. */
    public static BarChart of(List<Value> values, Function<BigDecimal, String> words) {
        var scale = Scale.of(values);
        var both = values.stream().anyMatch(value -> value.then().signum() != 0);
        var crediting = values.stream().anyMatch(value -> value.credited().signum() != 0);
        var bars = new ArrayList<Bar>();
        for (var i = 0; i < values.size(); i++) {
            bars.add(bar(values.get(i), i, values.size(), scale, both, crediting, words));
        }
        markEntrance(bars);
        return new BarChart(
                List.copyOf(bars),
                axis(values),
                scale.most().signum() == 0 ? "" : words.apply(scale.most()),
                scale.least().signum() == 0 ? "" : words.apply(scale.least()),
                scale.at(BigDecimal.ZERO));
    }

    private static void markEntrance(List<Bar> bars) {
        for (var last = bars.size() - 1; last >= 0; last--) {
            var bar = bars.get(last);
            if (bar.isLeading() || !bar.isEmpty()) {
                bars.set(last, bar.asEntrance());
                return;
            }
        }
    }

    private static Bar bar(
            Value value,
            int index,
            int count,
            Scale scale,
            boolean both,
            boolean crediting,
            Function<BigDecimal, String> words) {
        var slot = HUNDRED.divide(BigDecimal.valueOf(count), DIGITS);
        var at = slot.multiply(BigDecimal.valueOf(index));
        var width = slot.multiply(new BigDecimal(both ? "0.38" : "0.64"));
        var first = at.add(slot.multiply(new BigDecimal(both ? "0.09" : "0.18")));
        var second = both ? at.add(slot.multiply(new BigDecimal("0.53"))) : first;
        var now = value.missing().isEmpty() ? words.apply(value.now()) : value.missing();
        var then = both ? words.apply(value.then()) : "";
        var credited = crediting ? words.apply(value.credited()) : "";
        var below = value.now().min(BigDecimal.ZERO);
        return new Bar(
                value.label(),
                now,
                then,
                credited,
                value.label() + ": " + now + (value.credited().signum() == 0 ? "" : ", " + credited)
                        + (both ? " (" + then + ")" : ""),
                two(at),
                two(slot),
                two(first),
                two(second),
                two(width),
                scale.column(BigDecimal.ZERO, value.then()),
                scale.column(BigDecimal.ZERO, value.now()),
                scale.column(below, below.add(value.credited())),
                value.href(),
                false);
    }

    private static List<String> axis(List<Value> values) {
        var labels = Math.min(AXIS_LABELS_MAX, values.size());
        var axis = new ArrayList<String>();
        for (var i = 0; i < labels; i++) {
            axis.add(values.get(labels == 1 ? 0 : i * (values.size() - 1) / (labels - 1))
                    .label());
        }
        return List.copyOf(axis);
    }

    private static BigDecimal two(BigDecimal value) {
        return value.setScale(2, RoundingMode.HALF_UP);
    }
}
