package io.tenantry.brand;

import io.tenantry.brand.Picture.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where browsers and JSVG draw allowed elements differently, as was found by drawing with both: opacity of what is drawn in several strokes of
 * the brush, rules of clip paths, colours of masks, boxes around repeated parts, proportions of symbols. Such a drawing is refused.
 */
final class SvgLikeness {
    private static final Pattern SUBPATH = Pattern.compile("[mM]");
    private static final Pattern GREY =
            Pattern.compile("#([0-9a-f]{2})\\1\\1|#([0-9a-f])\\2\\2|black|white|gr[ae]y|silver|none|url\\(.*");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+");
    private static final double RATIO_TOLERANCE = 0.02;
    private static final String USER_SPACE = "userSpaceOnUse";

    private final Function<SvgElement, Map<String, String>> written;
    private final BiFunction<SvgElement, String, @Nullable SvgElement> targets;

    /**
     * For a drawing without cycles.
     *
     * @param written attributes of an element that are kept
     * @param targets what an attribute of an element refers to
     */
    SvgLikeness(
            Function<SvgElement, Map<String, String>> written,
            BiFunction<SvgElement, String, @Nullable SvgElement> targets) {
        this.written = written;
        this.targets = targets;
    }

    /** @throws UnsupportedSvg if an element looks different elsewhere */
    void require(SvgElement element) {
        var attributes = written.apply(element);
        opacity(element, attributes);
        visibility(element, attributes);
        boxes(element);
        switch (element.name) {
            case "clipPath" -> clip(element, attributes);
            case "mask" -> grey(element);
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

    /** JSVG makes each part transparent, and not all of them together. */
    private void opacity(SvgElement element, Map<String, String> attributes) {
        var opacity = attributes.getOrDefault("opacity", "1");
        if (!opacity.equals("1") && !opacity.equals("100%") && !opacity.equals("0")) {
            refuseIf(paints(element) > 1, "opacity in " + element.name);
        }
    }

    private int paints(SvgElement element) {
        if (SvgRules.isDefinition(element.name) && !element.name.equals("symbol")) {
            return 0;
        }
        if (SvgRules.SHAPES.contains(element.name)) {
            var fill = element.inherited("fill", "black").equals("none") ? 0 : 1;
            var stroke = element.inherited("stroke", "none").equals("none") ? 0 : 1;
            var markers = element.inherited("marker-start", "none").equals("none")
                            && element.inherited("marker-mid", "none").equals("none")
                            && element.inherited("marker-end", "none").equals("none")
                    ? 0
                    : 1;
            return fill + stroke + markers;
        }
        var target = element.name.equals("use") ? targets.apply(element, "href") : null;
        if (target != null) {
            return paints(target) + (element.inherited("stroke", "none").equals("none") ? 0 : 1);
        }
        var paints = 0;
        for (var child : element.children) {
            paints += Math.min(2, paints(child));
        }
        return paints;
    }

    /** JSVG draws nothing in what is hidden, not even what is visible again. */
    private static void visibility(SvgElement element, Map<String, String> attributes) {
        refuseIf(
                attributes.getOrDefault("visibility", "").equals("visible")
                        && element.parent != null
                        && !element.parent.inherited("visibility", "visible").equals("visible"),
                "visibility");
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

    /** JSVG knows neither a clip path of a clip path, nor its transformation, nor the rule for outlines of several parts. */
    private void clip(SvgElement element, Map<String, String> attributes) {
        refuseIf(attributes.containsKey("clip-path"), "clip-path in clipPath");
        refuseIf(attributes.containsKey("transform"), "transform in clipPath");
        for (var child : element.children) {
            var target = targets.apply(child, "href");
            var shape = target == null ? child : target;
            var rule = shape.computed.getOrDefault("clip-rule", child.inherited("clip-rule", "nonzero"));
            var parts = SUBPATH.matcher(written.apply(shape).getOrDefault("d", ""))
                    .results()
                    .count();
            refuseIf(rule.equals("evenodd") && parts > 1, "clip-rule=evenodd");
        }
    }

    /** Of colours, programs take brightness differently; of greys they do not. */
    private void grey(SvgElement element) {
        if (SvgRules.SHAPES.contains(element.name)) {
            requireGrey(element, "fill", element.inherited("fill", "black"));
            requireGrey(element, "stroke", element.inherited("stroke", "none"));
        } else if (element.name.equals("stop")) {
            requireGrey(element, "stop-color", element.computed.getOrDefault("stop-color", "black"));
        }
        element.children.forEach(this::grey);
        for (var name : List.of("href", "fill", "stroke")) {
            var target = targets.apply(element, name);
            if (target != null) {
                grey(target);
            }
        }
    }

    private static void requireGrey(SvgElement element, String property, String value) {
        var colour = value.equalsIgnoreCase("currentColor") ? element.inherited("color", "black") : value;
        refuseIf(!GREY.matcher(colour.strip().toLowerCase(Locale.ROOT)).matches(), property + "=" + value + " in mask");
    }

    /** JSVG does not centre a symbol in a box of other proportions. */
    private void symbol(Map<String, String> use, @Nullable SvgElement target) {
        if (target == null || !target.name.equals("symbol")) {
            return;
        }
        var symbol = written.apply(target);
        var box = symbol.getOrDefault("viewBox", "").strip().split("[\\s,]+", -1);
        var aspect = symbol.getOrDefault("preserveAspectRatio", "");
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

    private static void refuseIf(boolean isDifferent, String found) {
        if (isDifferent) {
            throw new UnsupportedSvg(Reason.ATTRIBUTE, found);
        }
    }
}
