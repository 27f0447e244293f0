package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Limits the rendering cost of a drawing, including everything that it references repeatedly. Even a small file must not cost more than can be
 * rendered at once.
 */
final class SvgBounds {
    private static final double COST_MAX = 20_000;
    private static final double COST_OF_SURFACE = 50;

    /** The number of path characters that cost as much as an element. */
    private static final double CHARS_OF_COST = 40;

    /** The maximum extent of an enlarged shape, as a multiple of the drawing. */
    private static final double REACH_MAX = 100_000;

    private static final int SHAPES_MAX = 5_000;

    /** The maximum nesting of repetitions. */
    private static final int USES_MAX = 15;

    /** The maximum nesting of elements, in the file or by reference. */
    private static final int LEVELS_MAX = 200;

    private static final double DASHES_MAX = 200_000;

    /** The outline of a circle or a rectangle is shorter than this multiple of the sum of its lengths. */
    private static final int AROUND = 8;

    /** The maximum size of a pattern tile, as a multiple of the drawing. */
    private static final int TILE_MAX = 2;

    static final Pattern TRANSFORM = Pattern.compile("(?<![a-zA-Z])([a-zA-Z]++)\\s*+\\(([^()]*+)\\)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?");
    private static final Set<String> GEOMETRY =
            Set.of("d", "points", "x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", "x1", "x2", "y1", "y2");
    private static final List<String> REFERENCES =
            List.of("href", "fill", "stroke", "clip-path", "mask", "marker-start", "marker-mid", "marker-end");

    private final Map<SvgElement, Map<String, String>> written;
    private final BiFunction<SvgElement, String, @Nullable SvgElement> targets;
    private final SvgBox box;
    private final boolean areUsesDashed;
    private final boolean areUsesStroked;
    private final Map<SvgElement, Work> known = new HashMap<>();
    private final SvgCrossings crossings;
    private final Map<SvgElement, SvgCrossings.Area> areas = new HashMap<>();
    private final Set<SvgElement> open = new HashSet<>();
    private double widest;
    private double dash;

    /**
     * The cost of an element, including everything that it references.
     *
     * @param cost in elements
     * @param shapes the number of shapes drawn
     * @param lines the maximum length of all outlines that may be dashed
     * @param clips the size of its clip paths, by which the cost grows when it is nested in another
     * @param edges the edges sorted when it is filled and stroked
     * @param reach the maximum distance from its origin
     * @param uses the maximum nesting of repetitions
     */
    private record Work(
            double cost, double shapes, double lines, double clips, SvgEdges edges, double reach, int uses) {
        Work with(Work part) {
            return new Work(
                    cost + part.cost,
                    shapes + part.shapes,
                    lines + part.lines,
                    clips + part.clips,
                    edges.with(part.edges),
                    Math.max(reach, part.reach),
                    Math.max(uses, part.uses));
        }

        Work times(double times) {
            return new Work(
                    cost * times, shapes * times, lines * times, clips * times, edges.times(times), reach, uses);
        }

        Work repeated() {
            return new Work(cost, shapes, lines, clips, edges, reach, uses + 1);
        }

        Work drawnApart() {
            return new Work(cost + COST_OF_SURFACE, shapes, lines, clips, edges, reach, uses);
        }

        Work ofAnySize(SvgBox box) {
            return new Work(cost, shapes, lines, clips, edges.ofAnySize(box), reach, uses);
        }

        Work clipped(SvgCrossings.Area area) {
            var crossed = area.size() > 0 && clips > 0 ? area.size() * clips : 0;
            return new Work(
                    cost + area.cost() + crossed, shapes, lines, clips + area.size() + crossed, edges, reach, uses);
        }

        Work enlarged(double growth, double ofEdges) {
            return new Work(cost, shapes, lines, clips, edges.enlarged(ofEdges), reach * growth, uses);
        }
    }

    /**
     * Creates the limits for a drawing.
     *
     * @param written the retained attributes of its elements
     * @param targets the target of an element's attribute
     */
    SvgBounds(
            SvgBox box,
            Map<SvgElement, Map<String, String>> written,
            BiFunction<SvgElement, String, @Nullable SvgElement> targets) {
        this.box = box;
        this.written = written;
        this.targets = targets;
        this.crossings = new SvgCrossings(this::attributes, targets);
        this.areUsesDashed = areUses(SvgBounds::isDashed);
        this.areUsesStroked = areUses(SvgBounds::isStroked);
    }

    /**
     * Checks a drawing.
     *
     * @throws UnsupportedSvg if it is too expensive or has a reference cycle
     */
    void require(SvgElement root) {
        widest = largest();
        dash = written.values().stream()
                .mapToDouble(attributes -> dash(attributes.getOrDefault("stroke-dasharray", "")))
                .min()
                .orElseThrow();
        var work = work(root);
        if (work.lines() / dash > DASHES_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX, "stroke-dasharray");
        }
        if (work.cost() + work.edges().cost(box) > COST_MAX || work.shapes() > SHAPES_MAX || work.uses() > USES_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX);
        }
        requirePatterns(root);
        if (work.reach() > REACH_MAX * box.longer()) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX, "transform");
        }
    }

    private Work work(SvgElement element) {
        var done = known.get(element);
        if (done != null) {
            return done;
        }
        if (!open.add(element)) {
            throw new UnsupportedSvg(Reason.CYCLE, element.name);
        }
        if (open.size() > LEVELS_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX);
        }
        var attributes = attributes(element);
        var outline = attributes.getOrDefault("d", "") + attributes.getOrDefault("points", "");
        var isShape = SvgRules.SHAPES.contains(element.name);
        var isLine = isShape && (areUsesDashed || isDashed(element));
        List<SvgSegment> segments = isShape ? SvgEdges.outline(attributes) : List.of();
        var work = new Work(
                1 + outline.length() / CHARS_OF_COST,
                isShape ? 1 : 0,
                isLine ? line(element.name, attributes) : 0,
                0,
                isShape ? edges(element, segments, isLine ? line(element.name, attributes) / dash : 0) : SvgEdges.NONE,
                isShape ? reach(segments, attributes) : 0,
                0);
        for (var child : element.children) {
            work = work.with(work(child));
        }
        for (var name : REFERENCES) {
            var target = targets.apply(element, name);
            if (target != null) {
                work = work.with(name.equals("href") ? work(target).repeated() : painted(name, target, outline, work));
            }
        }
        var clipPath = targets.apply(element, "clip-path");
        if (clipPath != null) {
            work = work.clipped(areas.computeIfAbsent(clipPath, crossings::of));
        }
        work = work.enlarged(growth(element, attributes), growthOfEdges(element, attributes));
        open.remove(element);
        known.put(element, work);
        return work;
    }

    /** Returns the cost of painting with a target: a pattern for each shape that inherits it, a mid marker at each point of an outline. */
    private Work painted(String name, SvgElement target, String outline, Work on) {
        var work = work(target);
        return switch (target.name) {
            case "mask" ->
                (attributes(target).containsKey("maskContentUnits") ? work.ofAnySize(box) : work).drawnApart();
            case "pattern" -> work.ofAnySize(box).drawnApart().times(Math.max(1, on.shapes()));
            case "marker" -> work.ofAnySize(box).times(name.equals("marker-mid") ? 1 + outline.length() : 1);
            default -> work;
        };
    }

    private Map<String, String> attributes(SvgElement element) {
        return written.getOrDefault(element, Map.of());
    }

    private boolean areUses(Predicate<SvgElement> drawn) {
        return written.keySet().stream().anyMatch(element -> element.name.equals("use") && drawn.test(element));
    }

    private static boolean isStroked(SvgElement element) {
        return !element.inherited("stroke", "none").equals("none");
    }

    private SvgEdges edges(SvgElement shape, List<SvgSegment> segments, double dashes) {
        var isStroked = areUsesStroked || isStroked(shape);
        var width = areUsesStroked
                ? written.values().stream()
                        .mapToDouble(drawn -> pixels(drawn.getOrDefault("stroke-width", "1")))
                        .max()
                        .orElse(1)
                : pixels(shape.inherited("stroke-width", "1"));
        return SvgEdges.of(segments, isStroked ? width : -1, dashes);
    }

    private static boolean isDashed(SvgElement element) {
        return !element.inherited("stroke-dasharray", "none").equals("none");
    }

    /** Returns the maximum extent of a shape; percentages of its surroundings do not exceed those. */
    private static double reach(List<SvgSegment> segments, Map<String, String> attributes) {
        return segments.stream().mapToDouble(SvgSegment::farthest).max().orElse(0)
                + attributes.entrySet().stream()
                        .filter(attribute -> GEOMETRY.contains(attribute.getKey())
                                && !attribute.getKey().equals("d")
                                && !attribute.getKey().equals("points")
                                && !attribute.getValue().endsWith("%"))
                        .mapToDouble(attribute -> sum(attribute.getValue()) * SvgBox.unit(attribute.getValue()))
                        .sum();
    }

    /** Returns the maximum enlargement of an element's content. */
    private double growth(SvgElement element, Map<String, String> attributes) {
        var growth = growth(attributes.getOrDefault("transform", ""));
        var inner = SvgBox.of(attributes.getOrDefault("viewBox", ""));
        return element.parent == null || inner.isEmpty()
                ? growth
                : growth * Math.max(1, widest / inner.orElseThrow().shorter());
    }

    private double growthOfEdges(SvgElement element, Map<String, String> attributes) {
        var growth = SvgEdges.growth(attributes.getOrDefault("transform", ""));
        var inner = SvgBox.of(attributes.getOrDefault("viewBox", ""));
        return element.parent == null || inner.isEmpty()
                ? growth
                : growth
                        * Math.max(
                                side(attributes, "width") / inner.orElseThrow().width(),
                                side(attributes, "height") / inner.orElseThrow().height());
    }

    /** Returns the size into which a view box is fitted, if it is known; that of a symbol is known only to its uses. */
    private double side(Map<String, String> attributes, String name) {
        return SvgBox.pixels(attributes.getOrDefault(name, "")).orElse(widest);
    }

    /** Returns the maximum length of an outline. */
    private double line(String shape, Map<String, String> attributes) {
        return switch (shape) {
            case "path" -> SvgPath.length(attributes.getOrDefault("d", ""));
            case "polyline", "polygon" -> SvgPath.length("M" + attributes.getOrDefault("points", ""));
            default ->
                AROUND
                        * attributes.entrySet().stream()
                                .filter(attribute -> GEOMETRY.contains(attribute.getKey()))
                                .mapToDouble(attribute -> pixels(attribute.getValue()))
                                .sum();
        };
    }

    /** Returns a length without its sign. Percentages refer to the largest known surroundings; above 100 percent they are unbounded. */
    private double pixels(String length) {
        var number = sum(length);
        if (!length.endsWith("%")) {
            return number * SvgBox.unit(length);
        }
        return number > 100 ? Double.POSITIVE_INFINITY : number / 100 * largest();
    }

    private double largest() {
        var largest = box.longer();
        for (var drawn : written.entrySet()) {
            var inner = SvgBox.of(drawn.getValue().getOrDefault("viewBox", ""));
            largest = Math.max(largest, inner.map(SvgBox::longer).orElse(0.0));
            if (!SvgRules.SHAPES.contains(drawn.getKey().name)) {
                for (var side : List.of("width", "height")) {
                    var length = drawn.getValue().getOrDefault(side, "0");
                    largest = Math.max(largest, length.endsWith("%") ? 0 : sum(length) * SvgBox.unit(length));
                }
            }
        }
        return largest;
    }

    /** Returns the average length of a dash or gap; unbounded where there are none. */
    private static double dash(String dashes) {
        var count = NUMBER.matcher(dashes).results().count();
        var sum = sum(dashes);
        return sum > 0 ? sum / count : Double.POSITIVE_INFINITY;
    }

    /** A tile is rasterized before it is repeated, so it may not become much larger than the drawing. */
    private void requirePatterns(SvgElement root) {
        if (written.keySet().stream().noneMatch(element -> element.name.equals("pattern"))) {
            return;
        }
        var growth = 1.0;
        var farthest = box.longer();
        for (var drawn : written.entrySet()) {
            for (var attribute : drawn.getValue().entrySet()) {
                if (attribute.getKey().endsWith("ransform")) {
                    growth *= growth(attribute.getValue());
                } else if (GEOMETRY.contains(attribute.getKey())) {
                    farthest = Math.max(farthest, sum(attribute.getValue()));
                } else if (attribute.getKey().equals("viewBox") && drawn.getKey() != root) {
                    throw new UnsupportedSvg(Reason.TOO_COMPLEX, "pattern");
                }
            }
        }
        for (var drawn : written.entrySet()) {
            if (drawn.getKey().name.equals("pattern")) {
                var isOfPlane =
                        drawn.getValue().getOrDefault("patternUnits", "").equals("userSpaceOnUse");
                var share = Math.max(
                        share(drawn.getValue(), "width", isOfPlane ? box.longer() : 1),
                        share(drawn.getValue(), "height", isOfPlane ? box.longer() : 1));
                if (share * growth * (isOfPlane ? 1 : farthest / box.longer()) > TILE_MAX) {
                    throw new UnsupportedSvg(Reason.TOO_COMPLEX, "pattern");
                }
            }
        }
    }

    private static double share(Map<String, String> pattern, String side, double whole) {
        var length = pattern.getOrDefault(side, "0");
        return sum(length) / (length.endsWith("%") ? 100 : whole);
    }

    /** Returns the maximum enlargement of a transformation; translations and rotations do not enlarge. */
    private static double growth(String transform) {
        var growth = 1.0;
        for (var part = TRANSFORM.matcher(transform); part.find(); ) {
            switch (part.group(1)) {
                case "translate", "rotate" -> {
                    // The size is unchanged.
                }
                case "matrix" -> {
                    var numbers = List.of(SvgBox.SPACE.split(part.group(2).strip(), -1));
                    growth *= Math.max(1, sum(String.join(" ", numbers.subList(0, Math.min(4, numbers.size())))));
                }
                default -> growth *= Math.max(1, sum(part.group(2)));
            }
        }
        return growth;
    }

    private static double sum(String numbers) {
        var sum = 0.0;
        for (var number = NUMBER.matcher(numbers); number.find(); ) {
            sum += Double.parseDouble(number.group());
        }
        return sum;
    }
}
