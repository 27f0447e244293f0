package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects allowed elements that browsers and JSVG render differently, as found by rendering with both: opacity of overlapping strokes and
 * fills, markers, colors of masks, bounding boxes of repeated parts, proportions of symbols. Such a drawing is refused.
 */
final class SvgSimilarity {
    private static final Pattern GREY =
            Pattern.compile("#([0-9a-f]{2})\\1\\1|#([0-9a-f])\\2\\2|black|white|gr[ae]y|silver|none|url\\(.*");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+");
    private static final Pattern WHOLE = Pattern.compile("\\+?(?:0*1(?:\\.0*)?|0*100(?:\\.0*)?%)");
    private static final Pattern NONE = Pattern.compile("[+-]?0*+\\.?0*+%?");
    private static final List<String> MARKERS = List.of("marker-start", "marker-mid", "marker-end");
    private static final List<String> PAINTED_BY =
            List.of("fill", "stroke", "marker-start", "marker-mid", "marker-end");
    private static final Set<String> LINES = Set.of("path", "line", "polyline", "polygon");

    /** Browsers draw the content of these, and ignore an opacity of the element itself. */
    private static final Set<String> OF_PARTS = Set.of("mask", "marker", "pattern");

    private static final String INHERIT = "inherit";
    private static final String PAINT_ORDER = "paint-order";
    /** The maximum number of shapes of a group that are compared with each other. */
    private static final int APART_MAX = 500;

    private static final double RATIO_TOLERANCE = 0.02;
    private static final String USER_SPACE = "userSpaceOnUse";

    private final Function<SvgElement, Map<String, String>> written;
    private final BiFunction<SvgElement, String, @Nullable SvgElement> targets;
    private final SvgCrossings crossings;

    /**
     * Creates the check for a drawing without cycles.
     *
     * @param written the retained attributes of an element
     * @param targets the target of an element's attribute
     */
    SvgSimilarity(
            Function<SvgElement, Map<String, String>> written,
            BiFunction<SvgElement, String, @Nullable SvgElement> targets) {
        this.written = written;
        this.targets = targets;
        this.crossings = new SvgCrossings(written, targets);
    }

    /**
     * Checks an element.
     *
     * @throws UnsupportedSvg if it looks different elsewhere
     */
    void require(SvgElement element) {
        var attributes = written.apply(element);
        opacity(element, attributes);
        visibility(element, attributes);
        markers(element, attributes);
        refuseIf(element.parent == null && attributes.containsKey("transform"), "transform in svg");
        boxes(element);
        switch (element.name) {
            case "mask" -> grey(element, List.of());
            case "pattern" -> refuseIf(attributes.containsKey("href"), "href in pattern");
            case "use" -> symbol(attributes, targets.apply(element, "href"));
            default ->
                refuseIf(
                        element.parent != null
                                && attributes
                                        .getOrDefault("preserveAspectRatio", "")
                                        .endsWith("slice"),
                        "preserveAspectRatio=slice");
        }
    }

    /** JSVG applies opacity to each part instead of the whole group, and to elements whose own opacity browsers ignore. */
    private void opacity(SvgElement element, Map<String, String> attributes) {
        refuseIf(isPartOpaque(element) && OF_PARTS.contains(element.name), "opacity in " + element.name);
        opacity(element, attributes, List.of());
        var target = element.name.equals("use") ? targets.apply(element, "href") : null;
        if (target != null) {
            usedOpacity(target, List.of(element));
        }
    }

    private void opacity(SvgElement element, Map<String, String> attributes, List<SvgElement> uses) {
        if (isPartOpaque(element)
                && !NONE.matcher(attributes.getOrDefault("opacity", "1")).matches()) {
            refuseIf(paints(element, uses) > 1 && !areApart(element, uses), "opacity in " + element.name);
        }
    }

    /** Repeated content may be painted in more ways than in its original position. */
    private void usedOpacity(SvgElement used, List<SvgElement> uses) {
        opacity(used, written.apply(used), uses);
        used.children.forEach(child -> usedOpacity(child, uses));
        var target = used.name.equals("use") ? targets.apply(used, "href") : null;
        if (target != null) {
            usedOpacity(target, with(uses, used));
        }
    }

    private boolean isPartOpaque(SvgElement element) {
        return !WHOLE.matcher(written.apply(element).getOrDefault("opacity", "1"))
                .matches();
    }

    /** Whether the shapes of a group are only filled and do not overlap, so that opacity can be applied to each separately. */
    private boolean areApart(SvgElement group, List<SvgElement> uses) {
        var boxes = new ArrayList<SvgSegment>();
        if (!isFilled(group, group, uses, boxes) || boxes.size() > APART_MAX) {
            return false;
        }
        for (var one = 1; one < boxes.size(); one++) {
            for (var other = 0; other < one; other++) {
                if (boxes.get(one).isTouching(boxes.get(other))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the positions of shapes are known, and nothing is painted outside of them. */
    private boolean isFilled(SvgElement element, SvgElement group, List<SvgElement> uses, List<SvgSegment> boxes) {
        if (SvgRules.isDefinition(element.name)) {
            return true;
        }
        if (SvgRules.SHAPES.contains(element.name)) {
            var segments = crossings.segments(element);
            segments.stream().reduce(SvgSegment::with).ifPresent(boxes::add);
            var fills = inherited(element, "fill", "black", uses).equals("none") ? 0 : 1;
            return paints(element, uses) == fills
                    && (element == group || !written.apply(element).containsKey("transform"));
        }
        return element.name.equals("g")
                && (element == group || !written.apply(element).containsKey("transform"))
                && element.children.stream().allMatch(child -> isFilled(child, group, uses, boxes));
    }

    private int paints(SvgElement element, List<SvgElement> uses) {
        if (SvgRules.isDefinition(element.name) && !element.name.equals("symbol")) {
            return 0;
        }
        if (SvgRules.SHAPES.contains(element.name)) {
            var fill = inherited(element, "fill", "black", uses).equals("none") ? 0 : 1;
            var stroke = inherited(element, "stroke", "none", uses).equals("none") ? 0 : 1;
            var markers = MARKERS.stream()
                            .allMatch(marker ->
                                    inherited(element, marker, "none", uses).equals("none"))
                    ? 0
                    : 1;
            return fill + stroke + markers;
        }
        var target = element.name.equals("use") ? targets.apply(element, "href") : null;
        if (target != null) {
            return paints(target, with(uses, element));
        }
        var paints = 0;
        for (var child : element.children) {
            paints += Math.min(2, paints(child, uses));
        }
        return paints;
    }

    /** Returns the value of a property for an element drawn by nested uses, which become the ancestors of their targets. */
    private String inherited(SvgElement element, String property, String initial, List<SvgElement> uses) {
        var level = uses.size() - 1;
        for (var at = element; at != null; ) {
            var value = SvgRules.plain(property, at.computed.getOrDefault(property, INHERIT));
            if (!value.equals(INHERIT)) {
                return value;
            }
            var isUsed = level >= 0 && targets.apply(uses.get(level), "href") == at;
            at = isUsed ? uses.get(level--) : at.parent;
        }
        return initial;
    }

    private static List<SvgElement> with(List<SvgElement> uses, SvgElement use) {
        var more = new ArrayList<>(uses);
        more.add(use);
        return more;
    }

    /** JSVG draws nothing inside a hidden element, not even content that is made visible again. */
    private void visibility(SvgElement element, Map<String, String> attributes) {
        refuseIf(
                attributes.getOrDefault("visibility", "").equals("visible")
                        && element.parent != null
                        && isHidden(element.parent),
                "visibility");
        var target = element.name.equals("use") && isHidden(element) ? targets.apply(element, "href") : null;
        refuseIf(
                target != null
                        && target.all()
                                .anyMatch(part -> written.apply(part)
                                        .getOrDefault("visibility", "")
                                        .equals("visible")),
                "visibility");
    }

    private static boolean isHidden(SvgElement element) {
        return !element.inherited("visibility", "visible").equals("visible");
    }

    /**
     * JSVG draws markers only of the element that declares them, but on any shape; browsers draw them on all its descendants, but only on
     * lines.
     */
    private static void markers(SvgElement element, Map<String, String> attributes) {
        refuseIf(
                SvgPaintOrder.areMarkersBelow(
                                SvgRules.plain(PAINT_ORDER, element.computed.getOrDefault(PAINT_ORDER, "")))
                        && element.root().all().anyMatch(part -> part.name.equals("marker")),
                PAINT_ORDER);
        for (var marker : MARKERS) {
            refuseIf(
                    !LINES.contains(element.name)
                            && !attributes.getOrDefault(marker, "none").equals("none"),
                    marker + " in " + element.name);
        }
    }

    /** The bounding box of repeated parts differs in JSVG. */
    private void boxes(SvgElement element) {
        var clip = targets.apply(element, "clip-path");
        var mask = targets.apply(element, "mask");
        var isByBox = (clip != null && isByBox(clip, "clipPathUnits"))
                || (mask != null && (!isByPlane(mask) || isByBox(mask, "maskContentUnits")));
        refuseIf(
                isByBox && element.all().anyMatch(part -> part.name.equals("use")),
                mask == null ? "clipPathUnits" : "maskUnits");
    }

    private boolean isByBox(SvgElement element, String units) {
        return written.apply(element).getOrDefault(units, "").equals("objectBoundingBox");
    }

    private boolean isByPlane(SvgElement mask) {
        return written.apply(mask).getOrDefault("maskUnits", "").equals(USER_SPACE);
    }

    /** Programs compute the luminance of colors differently, but not that of grays. */
    private void grey(SvgElement element, List<SvgElement> uses) {
        if (SvgRules.SHAPES.contains(element.name)) {
            requireGrey(element, "fill", inherited(element, "fill", "black", uses), uses);
            requireGrey(element, "stroke", inherited(element, "stroke", "none", uses), uses);
        } else if (element.name.equals("stop")) {
            requireGrey(element, "stop-color", written.apply(element).getOrDefault("stop-color", "black"), uses);
        }
        element.children.forEach(child -> grey(child, uses));
        var used = targets.apply(element, "href");
        if (used != null) {
            grey(used, element.name.equals("use") ? with(uses, element) : List.of());
        }
        for (var name : PAINTED_BY) {
            var target = targets.apply(element, name);
            if (target != null) {
                grey(target, List.of());
            }
        }
    }

    private void requireGrey(SvgElement element, String property, String value, List<SvgElement> uses) {
        var colour = value.equalsIgnoreCase("currentColor") ? inherited(element, "color", "black", uses) : value;
        refuseIf(!GREY.matcher(colour).matches(), property + "=" + value + " in mask");
    }

    /** JSVG neither centers a symbol in a box of other proportions, nor moves its corner to that of the box. */
    private void symbol(Map<String, String> use, @Nullable SvgElement target) {
        if (target == null || !target.name.equals("symbol")) {
            return;
        }
        var symbol = written.apply(target);
        var box = symbol.getOrDefault("viewBox", "").strip().split("[\\s,]+", -1);
        var aspect = symbol.getOrDefault("preserveAspectRatio", "");
        refuseIf(box.length != 4 && (use.containsKey("width") || use.containsKey("height")), "symbol without viewBox");
        refuseIf(box.length == 4 && !(number(box[0]) == 0 && number(box[1]) == 0), "viewBox in symbol");
        if (box.length == 4 && !Set.of("none", "xMinYMin", "xMinYMin meet").contains(aspect)) {
            var ratio = number(box[2]) / number(box[3]);
            var given = number(use.getOrDefault("width", "")) / number(use.getOrDefault("height", ""));
            refuseIf(!(Math.abs(ratio / given - 1) < RATIO_TOLERANCE), "symbol of other proportions");
        }
    }

    /** Returns a number without a unit, or NaN. */
    private static double number(String length) {
        return NUMBER.matcher(length).matches() ? Double.parseDouble(length) : Double.NaN;
    }

    static void refuseIf(boolean isDifferent, String found) {
        if (isDifferent) {
            throw new UnsupportedSvg(Reason.ATTRIBUTE, found);
        }
    }
}
