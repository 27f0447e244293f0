package io.tenantry.brand;

import java.util.List;
import java.util.Map;

/**
 * The cost of filling and stroking an outline. In each row of pixels the renderer sorts all edges that cross it, so many long edges of one
 * outline cost far more than as many short ones; a thick stroke turns each segment into a long edge, and so does each dash.
 *
 * @param sum the square of the total length of all edges
 * @param most the square of the number of edges, each of which is at most as long as the drawing
 */
record SvgEdges(double sum, double most) {
    static final SvgEdges NONE = new SvgEdges(0, 0);

    /** The part of a squared length that costs as much as an element, for a drawing whose longer side is one. */
    private static final double SQUARE_OF_COST = 1_150;

    private static final double WEIGHT_OF_LINE = 0.4;
    private static final double WEIGHT_OF_STROKE = 1.5;

    /**
     * Returns the cost of an outline.
     *
     * @param width of its stroke; below zero if it has none
     * @param dashes the maximum number of dashes
     */
    static SvgEdges of(List<SvgSegment> segments, double width, double dashes) {
        var length = 0.0;
        var count = 0.0;
        for (var segment : segments) {
            var weight = (segment.isCurve() ? 1 : WEIGHT_OF_LINE) * (width < 0 ? 1 : WEIGHT_OF_STROKE);
            length += weight * (segment.longer() + Math.max(0, width));
            count += weight;
        }
        if (width >= 0 && dashes > 0) {
            length += WEIGHT_OF_LINE * WEIGHT_OF_STROKE * dashes * width;
            count += WEIGHT_OF_LINE * WEIGHT_OF_STROKE * dashes;
        }
        return new SvgEdges(length * length, count * count);
    }

    SvgEdges with(SvgEdges others) {
        return new SvgEdges(sum + others.sum, most + others.most);
    }

    SvgEdges times(double times) {
        return new SvgEdges(sum * times, most * times);
    }

    SvgEdges enlarged(double growth) {
        return new SvgEdges(sum * growth * growth, most);
    }

    /** Returns the cost at an unknown scale, with each edge as long as the drawing. */
    SvgEdges ofAnySize(SvgBox box) {
        return new SvgEdges(most * box.longer() * box.longer(), most);
    }

    /** Returns the cost in elements. */
    double cost(SvgBox box) {
        var share = sum / (box.longer() * box.longer());
        // NaN, from zero times infinity, is not less.
        return (share < most ? share : most) / SQUARE_OF_COST;
    }

    /** Returns the maximum factor by which a transformation, as written, scales edges. */
    static double growth(String transform) {
        var growth = 1.0;
        for (var part = SvgBounds.TRANSFORM.matcher(transform); part.find(); ) {
            var numbers = List.of(SvgBox.SPACE.split(part.group(2).strip(), -1)).stream()
                    .mapToDouble(Double::parseDouble)
                    .map(Math::abs)
                    .toArray();
            growth *= switch (part.group(1)) {
                case "matrix" -> Math.max(numbers[0] + numbers[2], numbers[1] + numbers[3]);
                case "scale" -> Math.max(numbers[0], numbers[numbers.length - 1]);
                case "rotate" -> Math.sqrt(2);
                case "skewX", "skewY" -> 1 + Math.abs(Math.tan(Math.toRadians(numbers[0])));
                default -> 1;
            };
        }
        return growth;
    }

    /** Returns the outline of a path or polygon; empty for other shapes, since they have few edges. */
    static List<SvgSegment> outline(Map<String, String> attributes) {
        return attributes.containsKey("d") || attributes.containsKey("points")
                ? SvgPath.segments(attributes.getOrDefault("d", "M" + attributes.getOrDefault("points", "")))
                : List.of();
    }
}
