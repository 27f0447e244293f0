package io.tenantry.brand;

import static io.tenantry.brand.SvgSimilarity.refuseIf;

import io.tenantry.brand.ImageUpload.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Detects gradients and dashes that JSVG paints differently from browsers. */
final class SvgPaints {
    private static final Set<String> GRADIENTS = Set.of("linearGradient", "radialGradient");
    private static final String PLANE = "userSpaceOnUse";
    private static final String BOX = "objectBoundingBox";

    /** The default coordinate system of a clip path, mask, pattern or gradient. */
    private static final Map<String, String> UNITS = Map.of(
            "clipPath", "clipPathUnits",
            "mask", "maskUnits",
            "pattern", "patternUnits",
            "linearGradient", "gradientUnits",
            "radialGradient", "gradientUnits");

    private final Function<SvgElement, Map<String, String>> written;
    private final BiFunction<SvgElement, String, @Nullable SvgElement> targets;

    /**
     * Creates the check for a drawing without cycles.
     *
     * @param written the retained attributes of an element
     * @param targets the target of an element's attribute
     */
    SvgPaints(
            Function<SvgElement, Map<String, String>> written,
            BiFunction<SvgElement, String, @Nullable SvgElement> targets) {
        this.written = written;
        this.targets = targets;
    }

    /**
     * Checks an element.
     *
     * @throws UnsupportedSvg if it looks different elsewhere
     */
    void require(SvgElement element) {
        if (GRADIENTS.contains(element.name)) {
            requireOrder(element);
        }
        for (var name : List.of("fill", "stroke")) {
            var paint = targets.apply(element, name);
            if (paint != null && GRADIENTS.contains(paint.name)) {
                requireColours(paint);
            }
        }
        if (SvgRules.SHAPES.contains(element.name)) {
            requireArea(element);
            refuseIf(
                    !element.inherited("stroke-dasharray", "none").equals("none")
                            && element.inherited("stroke-dashoffset", "0").startsWith("-"),
                    "stroke-dashoffset=" + element.inherited("stroke-dashoffset", "0"));
        }
    }

    /** JSVG sorts the stops of a gradient; browsers move a stop that comes too early to the offset of the previous one. */
    private void requireOrder(SvgElement gradient) {
        var last = Double.NEGATIVE_INFINITY;
        for (var stop : gradient.children) {
            var offset = written.apply(stop).getOrDefault("offset", "0");
            var place = offset.endsWith("%")
                    ? Double.parseDouble(offset.substring(0, offset.length() - 1)) / 100
                    : Double.parseDouble(offset);
            refuseIf(place < last, "offset=" + offset);
            last = place;
        }
    }

    /** Without stops browsers paint nothing, and with zero length the last color; JSVG paints black, and the first color. */
    private void requireColours(SvgElement gradient) {
        SvgElement colours = gradient;
        while (colours != null && colours.children.isEmpty()) {
            colours = targets.apply(colours, "href");
        }
        if (colours == null) {
            throw new UnsupportedSvg(Reason.ELEMENT, gradient.name + " without stop");
        }
        refuseIf(
                gradient.name.equals("linearGradient")
                        && colours.children.size() > 1
                        && attribute(gradient, "x1", "0").equals(attribute(gradient, "x2", "100%"))
                        && attribute(gradient, "y1", "0").equals(attribute(gradient, "y2", "0")),
                "x2, y2 in linearGradient");
    }

    /** Returns an attribute of a gradient, or of the gradient it inherits from. */
    private String attribute(@Nullable SvgElement gradient, String name, String initial) {
        for (var at = gradient; at != null; at = targets.apply(at, "href")) {
            var value = written.apply(at).get(name);
            if (value != null) {
                return value;
            }
        }
        return initial;
    }

    /** Browsers draw nothing of a straight line that is painted, clipped or masked relative to its bounding box, since that has no area. */
    private void requireArea(SvgElement shape) {
        for (var name : List.of("stroke", "clip-path", "mask")) {
            var holder = shape;
            while (name.equals("stroke") && holder.parent != null && !holder.computed.containsKey(name)) {
                holder = holder.parent;
            }
            var target = targets.apply(holder, name);
            if (target != null) {
                var units = UNITS.getOrDefault(target.name, "");
                var isByBox = attribute(target, units, target.name.equals("clipPath") ? PLANE : BOX)
                        .equals(BOX);
                refuseIf(isByBox && isFlat(shape), units + " of a straight line");
            }
        }
    }

    private boolean isFlat(SvgElement shape) {
        var attributes = written.apply(shape);
        return switch (shape.name) {
            case "line" ->
                attributes.getOrDefault("x1", "0").equals(attributes.getOrDefault("x2", "0"))
                        || attributes.getOrDefault("y1", "0").equals(attributes.getOrDefault("y2", "0"));
            case "polyline", "polygon" -> SvgPath.isFlat("M" + attributes.getOrDefault("points", ""));
            case "path" -> SvgPath.isFlat(attributes.getOrDefault("d", ""));
            default -> false;
        };
    }
}
