package io.tenantry.brand;

import io.tenantry.kernel.limits.TimeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cost of clipping with outlines. The renderer converts them to an area, for which it computes where any two segments cross: for curves
 * that run along each other it finds each point only by repeated bisection.
 */
final class SvgCrossings {
    /** Per square of the number of segment pairs that may cross: at each crossing, all others at its height are compared again. */
    private static final double COST_OF_CURVES = 4;

    private static final double COST_OF_LINES = 2;

    /** Per pair of segments at the same height, which are compared for their horizontal order. */
    private static final double COST_BESIDE = 0.01;

    private static final int SEGMENTS_MAX = 1_000;

    /** Per square of the number of segments: two nested clip paths may cross in as many pairs as their product. */
    private static final double SIZE = 2;

    /** Straight outlines with no more sides cut off little. */
    private static final int SIDES_OF_BOX = 4;

    private static final Set<String> OUTLINES = Set.of("path", "polyline", "polygon");

    private final Function<SvgElement, Map<String, String>> written;
    private final BiFunction<SvgElement, String, @Nullable SvgElement> targets;

    /**
     * The cost of an area used for clipping.
     *
     * @param cost of converting it, in elements
     * @param size by which the cost grows when it is intersected with another
     */
    record Area(double cost, double size) {}

    private record Part(SvgElement of, boolean isOutline, SvgSegment segment) {}

    SvgCrossings(
            Function<SvgElement, Map<String, String>> written,
            BiFunction<SvgElement, String, @Nullable SvgElement> targets) {
        this.written = written;
        this.targets = targets;
    }

    /** Returns the area of a clip path. */
    Area of(SvgElement clipPath) {
        var isMoved = clipPath.children.stream().anyMatch(this::isMoved);
        var all = new ArrayList<Part>();
        for (var child : clipPath.children) {
            var target = targets.apply(child, "href");
            var shape = target == null ? child : target;
            segments(shape).forEach(segment -> all.add(new Part(child, OUTLINES.contains(shape.name), segment)));
            if (all.size() > SEGMENTS_MAX) {
                return new Area(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
            }
        }
        var cost = cost(all, isMoved);
        var isCurved = all.stream().anyMatch(part -> part.segment.isCurve());
        var isSimple = all.size() <= SIDES_OF_BOX && !isCurved;
        return new Area(cost, isSimple ? 0 : SIZE * all.size() * all.size() + cost);
    }

    private static double cost(List<Part> all, boolean isMoved) {
        var cost = 0.0;
        var curves = 0.0;
        for (var at = 1; at < all.size(); at++) {
            TimeLimit.require();
            for (var before = 0; before < at; before++) {
                var one = all.get(at);
                var other = all.get(before);
                if (!isCrossing(one, other, isMoved)) {
                    cost += one.segment.isAdjacent(other.segment) ? COST_BESIDE : 0;
                } else if (one.segment.isCurve() || other.segment.isCurve()) {
                    curves++;
                } else {
                    cost += COST_OF_LINES;
                }
            }
        }
        return cost + COST_OF_CURVES * curves * curves;
    }

    /** Whether two segments may cross. If outlines are transformed, their positions are unknown. */
    private static boolean isCrossing(Part one, Part other, boolean isMoved) {
        if (one.of != other.of) {
            return isMoved || one.segment.isAcross(other.segment);
        }
        return one.isOutline && one.segment.isAcross(other.segment);
    }

    private boolean isMoved(SvgElement child) {
        var target = targets.apply(child, "href");
        return written.apply(child).containsKey("transform")
                || (target != null && written.apply(target).containsKey("transform"));
    }

    /** Returns the outline of a shape, as boxes; empty for a line. */
    List<SvgSegment> segments(SvgElement shape) {
        var attributes = written.apply(shape);
        return switch (shape.name) {
            case "path" -> SvgPath.segments(attributes.getOrDefault("d", ""));
            case "polyline", "polygon" -> SvgPath.segments("M" + attributes.getOrDefault("points", ""));
            case "circle", "ellipse" -> {
                var across = Math.max(number(attributes, "r"), number(attributes, "rx"));
                var down = Math.max(number(attributes, "r"), number(attributes, "ry"));
                var x = number(attributes, "cx");
                var y = number(attributes, "cy");
                yield quarters(x - across, y - down, x + across, y + down, true);
            }
            case "rect" -> {
                var x = number(attributes, "x");
                var y = number(attributes, "y");
                var isRound = attributes.containsKey("rx") || attributes.containsKey("ry");
                yield quarters(x, y, x + number(attributes, "width"), y + number(attributes, "height"), isRound);
            }
            default -> List.of();
        };
    }

    /** Returns the outline of a box. */
    private static List<SvgSegment> quarters(double left, double top, double right, double bottom, boolean isCurve) {
        var x = isCurve ? (left + right) / 2 : left;
        var y = isCurve ? (top + bottom) / 2 : top;
        var quarters = List.of(
                new SvgSegment(left, top, isCurve ? x : right, y, isCurve),
                new SvgSegment(isCurve ? x : right, top, right, isCurve ? y : bottom, isCurve),
                new SvgSegment(left, isCurve ? y : bottom, isCurve ? x : right, bottom, isCurve),
                new SvgSegment(x, y, isCurve ? right : left, bottom, isCurve));
        return Double.isFinite(left + top + right + bottom)
                ? quarters
                : quarters.stream().map(SvgSegment::anywhere).toList();
    }

    /** Returns a value in pixels; unbounded if it depends on the surroundings. */
    private static double number(Map<String, String> attributes, String name) {
        var length = attributes.getOrDefault(name, "0");
        var end = length.length();
        while (end > 0 && !Character.isDigit(length.charAt(end - 1)) && length.charAt(end - 1) != '.') {
            end--;
        }
        return length.endsWith("%")
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(length.substring(0, end)) * SvgBox.unit(length);
    }
}
