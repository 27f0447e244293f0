package io.tenantry.brand;

import static io.tenantry.brand.SvgSimilarity.refuseIf;

import io.tenantry.brand.ImageUpload.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Detects clip paths that JSVG applies differently from browsers: it uses the outlines in a clip path, and few of their properties. */
final class SvgClips {
    private static final Pattern SUBPATH = Pattern.compile("[mM]");
    private static final Pattern ZERO = Pattern.compile("[+-]?0*+\\.?0*+(?:px|pt|pc|mm|cm|in|%)?");
    private static final Set<String> OUTLINES = Set.of("path", "polygon", "polyline");

    /** The maximum number of outlines that are rendered for comparison. */
    private static final int COMPARED_MAX = 40;

    private final Function<SvgElement, Map<String, String>> written;
    private final BiFunction<SvgElement, String, @Nullable SvgElement> targets;
    private int compared;

    /**
     * Creates the check for a drawing without cycles.
     *
     * @param written the retained attributes of an element
     * @param targets the target of an element's attribute
     */
    SvgClips(
            Function<SvgElement, Map<String, String>> written,
            BiFunction<SvgElement, String, @Nullable SvgElement> targets) {
        this.written = written;
        this.targets = targets;
    }

    /**
     * Checks an element.
     *
     * @throws UnsupportedSvg if it is a clip path that looks different elsewhere
     */
    void require(SvgElement element) {
        if (!element.name.equals("clipPath")) {
            return;
        }
        var attributes = written.apply(element);
        refuseIf(attributes.containsKey("clip-path"), "clip-path in clipPath");
        refuseIf(attributes.containsKey("transform"), "transform in clipPath");
        for (var child : element.children) {
            var target = targets.apply(child, "href");
            var shape = target == null ? child : target;
            requireShown(child);
            requireShown(shape);
            if (target != null) {
                requireInPlace(written.apply(child));
            }
            refuseIf(!value(shape, child, "visibility", "visible").equals("visible"), "visibility in clipPath");
            if (value(shape, child, "clip-rule", "nonzero").equals("evenodd")) {
                requireSimple(written.apply(shape), shape.name);
            }
        }
    }

    /** Returns a property of a shape as drawn by a child of the clip path, which is the shape or repeats it. */
    private static String value(SvgElement shape, SvgElement child, String property, String initial) {
        var own = SvgRules.plain(property, shape.computed.getOrDefault(property, "inherit"));
        return own.equals("inherit") ? child.inherited(property, initial) : own;
    }

    private void requireShown(SvgElement shape) {
        var attributes = written.apply(shape);
        refuseIf(!attributes.getOrDefault("clip-path", "none").equals("none"), "clip-path in clipPath");
        refuseIf(attributes.getOrDefault("display", "inline").equals("none"), "display in clipPath");
    }

    /** JSVG draws repeated content at the position of the original. */
    private static void requireInPlace(Map<String, String> use) {
        for (var side : List.of("x", "y")) {
            refuseIf(!ZERO.matcher(use.getOrDefault(side, "")).matches(), side + " of use in clipPath");
        }
    }

    /** JSVG also fills areas that an outline encloses twice, so there may be none. */
    private void requireSimple(Map<String, String> shape, String name) {
        if (!OUTLINES.contains(name)) {
            return;
        }
        var outline = shape.getOrDefault("d", "M" + shape.getOrDefault("points", ""));
        var parts = SUBPATH.matcher(outline).results().count();
        if (parts == 1 && ++compared > COMPARED_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX, "clip-rule=evenodd");
        }
        var isSimple = parts <= 1 && SvgComparison.isSame(filled(outline, "evenodd"), filled(outline, "nonzero"));
        refuseIf(!isSimple, "clip-rule=evenodd");
    }

    /** Renders the outline in a drawing that surrounds it. */
    private static byte[] filled(String outline, String rule) {
        var box = SvgPath.box(outline);
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" + box + "\"><path fill-rule=\"" + rule
                        + "\" d=\"" + outline + "\"/></svg>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
