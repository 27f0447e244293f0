package io.tenantry.web.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bars over time, ready to be drawn: two values a slot, this period's and that of the period before. Positions and sizes are
 * per cent of the plot with two decimals.
 *
 * @param bars from left to right
 * @param axis a few labels below, spread evenly
 * @param most the label of the upper end
 */
public record Bars(List<Bar> bars, List<String> axis, String most) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_UP);
    private static final int AXIS_LABELS_MAX = 4;

    /**
     * One slot's values.
     *
     * @param label what the slot is called
     * @param now this period's value
     * @param then the period before's value; zero for none
     * @param href the list that this period's value is made from; empty for none
     */
    public record Value(String label, BigDecimal now, BigDecimal then, String href) {
        /** One that leads nowhere. */
        public Value(String label, BigDecimal now, BigDecimal then) {
            this(label, now, then, "");
        }
    }

    /**
     * One slot, drawn.
     *
     * @param label what the slot is called
     * @param now this period's value in words
     * @param then the period before's value in words
     * @param title what the pointer shows
     * @param href where it leads; empty for nowhere
     */
    public record Bar(
            String label,
            String now,
            String then,
            String title,
            BigDecimal slotAt,
            BigDecimal slotWidth,
            BigDecimal thenAt,
            BigDecimal nowAt,
            BigDecimal width,
            BigDecimal thenHeight,
            BigDecimal nowHeight,
            String href) {
        /** Whether there is nothing to see. */
        public boolean isEmpty() {
            return thenHeight.signum() == 0 && nowHeight.signum() == 0;
        }

        /** Whether it leads to what it is made from. */
        public boolean isLeading() {
            return !href.isEmpty();
        }

        /** Where the earlier bar begins, from above. */
        public BigDecimal getThenTop() {
            return HUNDRED.subtract(thenHeight);
        }

        /** Where this period's bar begins, from above. */
        public BigDecimal getNowTop() {
            return HUNDRED.subtract(nowHeight);
        }
    }

    /** Whether there is anything of the period before. */
    public boolean isCompared() {
        return bars.stream().anyMatch(bar -> !bar.then().isEmpty());
    }

    /** The bar at which the keyboard enters the chart: the last that there is something to see of; null if there is none. */
    public @Nullable Bar getEntrance() {
        return bars.stream()
                .filter(bar -> bar.isLeading() || !bar.isEmpty())
                .reduce((first, second) -> second)
                .orElse(null);
    }

    /** Whether each bar has its name below it. */
    public boolean isNamed() {
        return axis.size() == bars.size();
    }

    /** The drawing of values that are of no time, each with its name; {@code words} writes one of them. */
    public static Bars named(List<Value> values, Function<BigDecimal, String> words) {
        var drawn = of(values, words);
        return new Bars(drawn.bars(), values.stream().map(Value::label).toList(), drawn.most());
    }

    /** The drawing of those values; {@code words} writes one of them. */
    public static Bars of(List<Value> values, Function<BigDecimal, String> words) {
        var most = values.stream()
                .flatMap(value -> List.of(value.now(), value.then()).stream())
                .reduce(BigDecimal.ZERO, BigDecimal::max);
        var both = values.stream().anyMatch(value -> value.then().signum() > 0);
        var bars = new ArrayList<Bar>();
        for (var i = 0; i < values.size(); i++) {
            bars.add(bar(values.get(i), i, values.size(), most, both, words));
        }
        return new Bars(List.copyOf(bars), axis(values), most.signum() == 0 ? "" : words.apply(most));
    }

    private static Bar bar(
            Value value, int index, int count, BigDecimal most, boolean both, Function<BigDecimal, String> words) {
        var slot = HUNDRED.divide(BigDecimal.valueOf(count), DIGITS);
        var at = slot.multiply(BigDecimal.valueOf(index));
        var width = slot.multiply(new BigDecimal(both ? "0.38" : "0.64"));
        var first = at.add(slot.multiply(new BigDecimal(both ? "0.09" : "0.18")));
        var second = both ? at.add(slot.multiply(new BigDecimal("0.53"))) : first;
        var now = words.apply(value.now());
        var then = both ? words.apply(value.then()) : "";
        return new Bar(
                value.label(),
                now,
                then,
                value.label() + ": " + now + (both ? " (" + then + ")" : ""),
                two(at),
                two(slot),
                two(first),
                two(second),
                two(width),
                height(value.then(), most),
                height(value.now(), most),
                value.href());
    }

    private static BigDecimal height(BigDecimal value, BigDecimal most) {
        return most.signum() == 0
                ? BigDecimal.ZERO
                : two(value.max(BigDecimal.ZERO).multiply(HUNDRED).divide(most, DIGITS));
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
