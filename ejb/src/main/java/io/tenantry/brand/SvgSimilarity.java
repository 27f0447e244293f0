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
 * Where browsers and JSVG draw allowed elements differently, as was found by drawing with both: opacity of what is drawn in several strokes of
 * the brush, markers, colours of masks, boxes around repeated parts, proportions of symbols. Such a drawing is refused.
 */
final class SvgSimilarity {
    private static final Pattern GREY =
            Pattern.compile("#([0-9a-f]{2})\\1\\1|#([0-9a-f])\\2\\2|black|white|gr[ae]y|silver|none|url\\(.*");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+");
    private static final Pattern WHOLE = Pattern.compile("\\+?(?:0*1(?:\\.0*)?|0*100(?:\\.0*)?%)");
    private static final Pattern NONE = Pattern.compile("[+-]?0*\\.?0*%?");
    private static final List<String> MARKERS = List.of("marker-start", "marker-mid", "marker-end");
    private static final List<String> PAINTED_BY =
            List.of("fill", "stroke", "marker-start", "marker-mid", "marker-end");
    private static final Set<String> LINES = Set.of("path", "line", "polyline", "polygon");

    /** Browsers draw what is in these, and pay no heed to an opacity of their own. */
    private static final Set<String> OF_PARTS = Set.of("mask", "marker", "pattern");

    private static final String INHERIT = "inherit";
    private static final String PAINT_ORDER = "paint-order";
    /** How many shapes of a group are compared with each other. */
    private static final int APART_MAX = 500;

    private static final double RATIO_TOLERANCE = 0.02;
    private static final String USER_SPACE = "userSpaceOnUse";

    private final Function<SvgElement, Map<String, String>> written;
    private final BiFunction<SvgElement, String, @Nullable SvgElement> targets;
    private final SvgCrossings crossings;

    /**
     * For a drawing without cycles.
     *
     * @param written attributes of an element that are kept
     * @param targets what an attribute of an element refers to
     */
    SvgSimilarity(
            Function<SvgElement, Map<String, String>> written,
            BiFunction<SvgElement, String, @Nullable SvgElement> targets) {
        this.written = written;
        this.targets = targets;
        this.crossings = new SvgCrossings(written, targets);
    }

    /** @throws UnsupportedSvg if an element looks different elsewhere */
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

    /** JSVG makes each part transparent, and not all of them together; and parts that browsers take as if they had no opacity of their own. */
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

    /** What is repeated may be painted in more ways than where it stands. */
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

    /** Whether the shapes of a group are only filled and stand beside each other, so that each can be made transparent alone. */
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

    /** Whether it is known where shapes are, and nothing is painted but what is in them. */
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

    /** What a property is for an element that is drawn by uses, one within the other: around what they refer to is what is around them. */
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

    /** JSVG draws nothing in what is hidden, not even what is visible again. */
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

    /** JSVG draws markers of the element that has them alone, but of any shape; browsers of all within it, but only of lines. */
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

    /** The box around repeated parts is another one in JSVG. */
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

    /** Of colours, programs take brightness differently; of greys they do not. */
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

    /** JSVG does not centre a symbol in a box of other proportions, nor move its corner to that of the box. */
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

    /** A number without a unit, or none. */
    private static double number(String length) {
        return NUMBER.matcher(length).matches() ? Double.parseDouble(length) : Double.NaN;
    }

    static void refuseIf(boolean isDifferent, String found) {
        if (isDifferent) {
            throw new UnsupportedSvg(Reason.ATTRIBUTE, found);
        }
    }
}
