package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Kind;
import io.tenantry.brand.ImageUpload.Outcome;
import io.tenantry.brand.ImageUpload.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Vector drawings (SVG), rewritten from the allowlist of {@link SvgRules}: they only draw, and reference nothing outside of the file. A drawing
 * that would then look different is refused with a reason. Two checks complement each other: only what nothing draws is removed, and the
 * drawing has the same pixels with and without the removed attributes.
 */
final class SvgSanitizer {
    private static final int STORED_CHARS_MAX = 262_144;
    private static final int SIDE_MAX = 4_096;
    private static final int SIDE_SMALL = 16;
    private static final int SIDE_ENLARGED = 512;

    /** The maximum size of the file for comparison, with all properties that style sheets set on each element. */
    private static final int COMPARED_CHARS_MAX = 4 * 1_048_576;

    /** Names of attributes; a program's own properties begin with a hyphen. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]*");

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final List<String> MARKERS = List.of("marker-start", "marker-mid", "marker-end");
    private static final Set<String> GRADIENTS = Set.of("linearGradient", "radialGradient");
    private static final Set<String> PAINTS = Set.of("linearGradient", "radialGradient", "pattern");

    /** The permitted targets of each reference attribute. */
    private static final Map<String, Set<String>> TARGETS = Map.of(
            "fill", PAINTS,
            "stroke", PAINTS,
            "clip-path", Set.of("clipPath"),
            "mask", Set.of("mask"),
            "marker-start", Set.of("marker"),
            "marker-mid", Set.of("marker"),
            "marker-end", Set.of("marker"));

    private final SvgElement root;
    private final Map<String, SvgElement> ids = new HashMap<>();
    private final Set<String> twice = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final Map<SvgElement, Map<String, String>> written = new LinkedHashMap<>();

    private SvgSanitizer(SvgElement root) {
        this.root = root;
    }

    static Outcome of(Kind kind, byte[] upload) {
        try {
            return new SvgSanitizer(SvgReader.read(upload)).rewritten(kind);
        } catch (UnsupportedSvg unsupported) {
            return unsupported.refused();
        }
    }

    private Outcome rewritten(Kind kind) {
        var styles = new SvgStyles(root);
        SvgChoice.choose(root);
        styles.compute(root);
        SvgChoice.rename(root);
        root.all().filter(element -> element.name.equals("mask")).forEach(SvgSanitizer::whiten);
        var size = size();
        root.all().forEach(this::attributes);
        root.all().forEach(this::references);
        var box = SvgBox.of(root.attribute("viewBox")).orElseThrow();
        new SvgBounds(box, written, this::targetOf).require(root);
        var likeness = new SvgSimilarity(this::kept, this::targetOf);
        var paints = new SvgPaints(this::kept, this::targetOf);
        var clips = new SvgClips(this::kept, this::targetOf);
        written.keySet().forEach(element -> {
            likeness.require(element);
            paints.require(element);
            clips.require(element);
        });
        var after = file(false);
        if (after.length > STORED_CHARS_MAX) {
            throw new UnsupportedSvg(Reason.TOO_LARGE);
        }
        if (VisiblePixels.isEmpty(SvgComparison.require(file(true), after), kind)) {
            throw new UnsupportedSvg(Reason.EMPTY);
        }
        return new Outcome.Accepted("image/svg+xml", after, size[0], size[1]);
    }

    /** Converts a mask by opacity, where colors do not count, to one by luminance, which all programs support: its content becomes white. */
    private static void whiten(SvgElement mask) {
        if (!mask.computed.getOrDefault("mask-type", "").equals("alpha")) {
            return;
        }
        mask.all().forEach(element -> {
            var isOfItsOwn = (element != mask && element.name.equals("mask"))
                    || MARKERS.stream()
                            .anyMatch(
                                    marker -> !element.inherited(marker, "none").equals("none"));
            if (isOfItsOwn) {
                throw new UnsupportedSvg(Reason.ATTRIBUTE, "mask-type=alpha");
            }
            for (var property : List.of("fill", "stroke")) {
                var value = element.inherited(property, property.equals("fill") ? "black" : "none");
                if (value.contains("url(") || element.name.equals("use")) {
                    throw new UnsupportedSvg(Reason.ATTRIBUTE, "mask-type=alpha");
                }
                if (!value.equals("none")) {
                    // Refuses values that are not colors, or are translucent.
                    SvgRules.attribute(property, value);
                    element.computed.put(property, "#ffffff");
                }
            }
        });
        mask.computed.remove("mask-type");
    }

    /** Sets the drawing's view box and its size in pixels: its own, or that of its view box. */
    private int[] size() {
        var box = SvgBox.of(root.attribute("viewBox"));
        var width = SvgBox.pixels(root.attribute("width"));
        var height = SvgBox.pixels(root.attribute("height"));
        if (box.isEmpty() && (width.isEmpty() || height.isEmpty())) {
            throw new UnsupportedSvg(Reason.NO_SIZE);
        }
        var ratio = box.map(it -> it.width() / it.height()).orElse(1.0);
        double wide = width.orElseGet(() ->
                height.map(it -> it * ratio).orElseGet(() -> box.orElseThrow().width()));
        double high = height.orElseGet(() ->
                width.map(it -> it / ratio).orElseGet(() -> box.orElseThrow().height()));
        if (box.isEmpty()) {
            set("viewBox", "0 0 " + plain(wide) + " " + plain(high));
        }
        var longer = Math.max(wide, high);
        var scale = longer > SIDE_MAX ? SIDE_MAX / longer : longer < SIDE_SMALL ? SIDE_ENLARGED / longer : 1;
        var size = new int[] {
            (int) Math.max(1, Math.round(wide * scale)), (int) Math.max(1, Math.round(high * scale)),
        };
        set("width", Integer.toString(size[0]));
        set("height", Integer.toString(size[1]));
        Stream.of("x", "y").forEach(name -> {
            root.attributes.remove(name);
            root.computed.remove(name);
        });
        return size;
    }

    private void set(String name, String value) {
        root.attributes.put(name, value);
        root.computed.put(name, value);
    }

    private static String plain(double number) {
        return Float.toString((float) number);
    }

    private void attributes(SvgElement element) {
        if (element.name.equals("style")) {
            return;
        }
        SvgRules.requireElement(element.name);
        SvgRules.requirePlace(element);
        var kept = new LinkedHashMap<String, String>();
        element.computed.forEach(
                (name, value) -> SvgRules.attribute(name, value).ifPresent(plain -> kept.put(name, plain)));
        if (kept.getOrDefault("stop-color", "").equals("currentColor")) {
            // JSVG would use black.
            SvgRules.attribute("stop-color", element.inherited("color", "black"))
                    .ifPresent(colour -> kept.put("stop-color", colour));
        }
        written.put(element, kept);
        var id = kept.get("id");
        if (id != null && ids.putIfAbsent(id, element) != null) {
            twice.add(id);
        }
    }

    private void references(SvgElement element) {
        kept(element).forEach((name, value) -> targetOf(name, value, element));
    }

    private Map<String, String> kept(SvgElement element) {
        return written.getOrDefault(element, Map.of());
    }

    private @Nullable SvgElement targetOf(SvgElement element, String name) {
        return targetOf(name, kept(element).getOrDefault(name, ""), element);
    }

    /** Returns the target of an attribute, if it is a reference. */
    private @Nullable SvgElement targetOf(String name, String value, SvgElement element) {
        var reference = SvgRules.REFERENCE.matcher(value);
        var id = reference.matches()
                ? reference.group(1)
                : name.equals("href") && !value.isEmpty() ? value.substring(1) : null;
        if (id == null) {
            return null;
        }
        var target = ids.get(id);
        if (target == null || twice.contains(id) || !targets(name, element).contains(target.name)) {
            throw new UnsupportedSvg(Reason.REFERENCE, "#" + id);
        }
        used.add(id);
        return target;
    }

    private static Set<String> targets(String name, SvgElement element) {
        if (!name.equals("href")) {
            return TARGETS.getOrDefault(name, Set.of());
        }
        return switch (element.name) {
            case "use" ->
                element.parent != null && element.parent.name.equals("clipPath") ? SvgRules.SHAPES : SvgRules.USABLE;
            case "linearGradient", "radialGradient" -> GRADIENTS;
            case "pattern" -> Set.of("pattern");
            default -> Set.of();
        };
    }

    /** Returns the drawing as a file: with the allowed attributes only, or with all that were removed as well. */
    private byte[] file(boolean isWhole) {
        var out = new StringBuilder();
        write(root, isWhole, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(SvgElement element, boolean isWhole, StringBuilder out) {
        if (element.name.equals("style")) {
            return;
        }
        out.append('<').append(element.name);
        if (element == root) {
            out.append(" xmlns=\"").append(NAMESPACE).append('"');
        }
        var attributes = new LinkedHashMap<>(isWhole ? element.computed : Map.of());
        attributes.putAll(kept(element));
        attributes.forEach((name, value) -> {
            var isWanted = isWhole ? NAME.matcher(name).matches() : !name.equals("id") || used.contains(value);
            if (isWanted) {
                out.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(escaped(value))
                        .append('"');
            }
        });
        if (out.length() > COMPARED_CHARS_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX);
        }
        if (element.children.isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        element.children.forEach(child -> write(child, isWhole, out));
        out.append("</").append(element.name).append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
