package io.tenantry.brand;

import io.tenantry.brand.Picture.Outcome;
import io.tenantry.brand.Picture.Reason;
import java.awt.image.BufferedImage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Vector drawings (SVG), written anew from what {@link SvgRules} know: they draw and do nothing else, and lead nowhere outside of the file. A
 * drawing that would look different then is refused with a reason. Two checks stand behind each other: nothing is left out but what nobody
 * draws, and without it the drawing has the same pixels as with it.
 */
final class SvgSanitizer {
    private static final Logger LOG = System.getLogger(SvgSanitizer.class.getName());
    private static final int STORED_CHARS_MAX = 262_144;
    private static final int SIDE_MAX = 4_096;
    private static final int SIDE_SMALL = 16;
    private static final int SIDE_ENLARGED = 512;
    private static final int COST_MAX = 20_000;
    private static final int COST_OF_SURFACE = 50;
    private static final int DASHES_MAX = 200_000;
    private static final int PREVIEW = 480;

    /** A tile of a pattern is at most so many times as large as the drawing. */
    private static final int TILE_MAX = 2;

    /** Of attributes; a program's own properties begin with a hyphen. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]*");

    private static final Pattern TRANSFORM = Pattern.compile("([a-zA-Z]+)\\s*\\(([^)]*)\\)");

    /** Of 255: what rounding may change of a colour. */
    private static final int LEVELS = 16;

    /** One pixel in so many may differ by more, where edges meet. */
    private static final int PIXELS_SHARE = 500;

    private static final int VISIBLE = 16;
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String LANGUAGE = "en";
    private static final Pattern NUMBER = Pattern.compile("[0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?");
    private static final Pattern LENGTH = Pattern.compile("([0-9.]+(?:[eE][+-]?[0-9]+)?)(px|pt|pc|mm|cm|in)?");
    private static final Map<String, Double> PIXELS =
            Map.of("px", 1.0, "pt", 96 / 72.0, "pc", 16.0, "mm", 96 / 25.4, "cm", 96 / 2.54, "in", 96.0);
    private static final Set<String> CONDITIONS = Set.of("requiredFeatures", "requiredExtensions", "systemLanguage");
    private static final Set<String> GEOMETRY =
            Set.of("d", "points", "x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", "x1", "x2", "y1", "y2");
    private static final Set<String> GRADIENTS = Set.of("linearGradient", "radialGradient");
    private static final Set<String> PAINTS = Set.of("linearGradient", "radialGradient", "pattern");

    /** What a reference of an attribute may lead to. */
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
    private final Map<SvgElement, Long> costs = new HashMap<>();
    private final Set<SvgElement> open = new HashSet<>();

    private SvgSanitizer(SvgElement root) {
        this.root = root;
    }

    static Outcome of(byte[] upload) {
        try {
            return new SvgSanitizer(SvgReader.read(upload)).rewritten();
        } catch (UnsupportedSvg unsupported) {
            return unsupported.refused();
        }
    }

    private Outcome rewritten() {
        choose(root);
        SvgStyles.compute(root);
        root.all().filter(element -> element.name.equals("mask")).forEach(SvgSanitizer::whiten);
        var size = size();
        root.all().forEach(this::attributes);
        root.all().forEach(this::references);
        requireBounds();
        var likeness = new SvgLikeness(this::kept, this::targetOf);
        written.keySet().forEach(likeness::require);
        var after = file(false);
        if (after.length > STORED_CHARS_MAX) {
            throw new UnsupportedSvg(Reason.TOO_LARGE);
        }
        compare(file(true), after);
        return new Outcome.Made("image/svg+xml", after, size[0], size[1]);
    }

    /**
     * Leaves of a switch what is drawn of it, and leaves out what has conditions that do not hold: no extension is known, and of languages
     * English, since the picture is the same for everybody. Features are not asked about any more (SVG 2).
     */
    private static void choose(SvgElement element) {
        element.children.removeIf(child -> !isHolding(child));
        element.children.forEach(child -> child.attributes.keySet().removeAll(CONDITIONS));
        if (element.name.equals("switch")) {
            element.children.stream()
                    .filter(child -> !SvgRules.isDefinition(child.name))
                    .skip(1)
                    .toList()
                    .forEach(element.children::remove);
        }
        if (element.name.equals("switch") || element.name.equals("a")) {
            element.name = "g";
            element.attributes.keySet().removeAll(Set.of("href", "target", "download", "rel", "type"));
        }
        element.children.forEach(SvgSanitizer::choose);
    }

    private static boolean isHolding(SvgElement element) {
        var languages = element.attributes.get("systemLanguage");
        return !element.attributes.containsKey("requiredExtensions")
                && (languages == null
                        || Stream.of(languages.toLowerCase(Locale.ROOT).split(",", -1))
                                .map(String::strip)
                                .anyMatch(one -> one.equals(LANGUAGE) || one.startsWith(LANGUAGE + "-")));
    }

    /** A mask by opacity, with which colours do not count, as one by brightness, which all can draw: what is in it becomes white. */
    private static void whiten(SvgElement mask) {
        if (!mask.computed.getOrDefault("mask-type", "").equals("alpha")) {
            return;
        }
        mask.all().forEach(element -> {
            for (var property : List.of("fill", "stroke")) {
                var value = element.inherited(property, property.equals("fill") ? "black" : "none");
                if (value.contains("url(") || element.name.equals("use")) {
                    throw new UnsupportedSvg(Reason.ATTRIBUTE, "mask-type=alpha");
                }
                if (!value.equals("none")) {
                    element.computed.put(property, "#ffffff");
                }
            }
        });
        mask.computed.remove("mask-type");
    }

    /** Gives the drawing a view box and a size in pixels: its own, or that of its view box. */
    private int[] size() {
        var box = SvgBox.of(root.attribute("viewBox"));
        var width = pixels(root.attribute("width"));
        var height = pixels(root.attribute("height"));
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

    private static Optional<Double> pixels(String length) {
        var matched = LENGTH.matcher(length.strip());
        if (!matched.matches()) {
            return Optional.empty();
        }
        try {
            var number =
                    Double.parseDouble(matched.group(1)) * PIXELS.getOrDefault(String.valueOf(matched.group(2)), 1.0);
            return number > 0 && number < 1e6 ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
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

    /** What an attribute refers to, if it does. */
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

    private void requireBounds() {
        var cost = cost(root);
        if (cost > COST_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX);
        }
        var box = SvgBox.of(root.attribute("viewBox")).orElseThrow();
        requirePatterns(box);
        requireDashes(box, (double) cost / written.size());
    }

    /** How much is drawn of an element, with all that it refers to, again and again. */
    private long cost(SvgElement element) {
        var known = costs.get(element);
        if (known != null) {
            return known;
        }
        if (!open.add(element)) {
            throw new UnsupportedSvg(Reason.CYCLE, element.name);
        }
        long cost = 1;
        for (var child : element.children) {
            cost += cost(child);
        }
        for (var attribute : kept(element).entrySet()) {
            var target = targetOf(attribute.getKey(), attribute.getValue(), element);
            if (target != null) {
                var isSurface = target.name.equals("mask") || target.name.equals("pattern");
                cost += cost(target) + (isSurface ? COST_OF_SURFACE : 0);
            }
        }
        open.remove(element);
        costs.put(element, Math.min(cost, COST_MAX + 1L));
        return cost;
    }

    /** A tile is drawn as pixels before it is repeated, so it may not become much larger than the drawing. */
    private void requirePatterns(SvgBox box) {
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

    /** By how much a transformation enlarges at most; what only moves or turns does not. */
    private static double growth(String transform) {
        var growth = 1.0;
        for (var part = TRANSFORM.matcher(transform); part.find(); ) {
            switch (part.group(1)) {
                case "translate", "rotate" -> {
                    // The size stays.
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

    /** All lines together may not have more dashes than can be drawn. */
    private void requireDashes(SvgBox box, double repetition) {
        var lines = 0.0;
        var shortest = Double.POSITIVE_INFINITY;
        for (var attributes : written.values()) {
            lines += box.width() + box.height();
            for (var attribute : attributes.entrySet()) {
                if (GEOMETRY.contains(attribute.getKey())) {
                    lines += 4 * sum(attribute.getValue());
                }
            }
            var dashes = sum(attributes.getOrDefault("stroke-dasharray", ""));
            shortest = dashes > 0 ? Math.min(shortest, dashes) : shortest;
        }
        if (lines * repetition / shortest > DASHES_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX, "stroke-dasharray");
        }
    }

    private static double sum(String numbers) {
        var sum = 0.0;
        for (var number = NUMBER.matcher(numbers); number.find(); ) {
            sum += Double.parseDouble(number.group());
        }
        return sum;
    }

    /** The drawing as a file: of what is known to draw, or also with every attribute that was left out. */
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

    private static void compare(byte[] before, byte[] after) {
        var was = drawn(before);
        var is = drawn(after);
        if (was.getWidth() != is.getWidth() || was.getHeight() != is.getHeight()) {
            throw new UnsupportedSvg(Reason.DIFFERENT);
        }
        var visible = 0;
        var different = 0;
        for (var y = 0; y < is.getHeight(); y++) {
            for (var x = 0; x < is.getWidth(); x++) {
                var one = was.getRGB(x, y);
                var other = is.getRGB(x, y);
                visible += other >>> 24 > VISIBLE ? 1 : 0;
                different += isDifferent(one, other) ? 1 : 0;
            }
        }
        if (different > (long) is.getWidth() * is.getHeight() / PIXELS_SHARE) {
            throw new UnsupportedSvg(Reason.DIFFERENT);
        }
        if (visible == 0) {
            throw new UnsupportedSvg(Reason.EMPTY);
        }
    }

    /** By red, green, blue as they are seen through their opacity, and by that. */
    private static boolean isDifferent(int one, int other) {
        int opacity = one >>> 24;
        int otherOpacity = other >>> 24;
        if (Math.abs(opacity - otherOpacity) > LEVELS) {
            return true;
        }
        for (var shift = 0; shift <= 16; shift += 8) {
            int level = (one >> shift & 0xff) * opacity / 255;
            int otherLevel = (other >> shift & 0xff) * otherOpacity / 255;
            if (Math.abs(level - otherLevel) > LEVELS) {
                return true;
            }
        }
        return false;
    }

    private static BufferedImage drawn(byte[] drawing) {
        try {
            var image = SvgRenderer.image(drawing, PREVIEW, PREVIEW);
            if (image.isPresent()) {
                return image.get();
            }
        } catch (RuntimeException undrawable) {
            LOG.log(Level.DEBUG, "a drawing cannot be drawn", undrawable);
        }
        throw new UnsupportedSvg(Reason.DIFFERENT);
    }

    /**
     * The part of the plane that is seen.
     *
     * @param width above zero
     * @param height above zero
     */
    private record SvgBox(double width, double height) {
        private static final Pattern SPACE = Pattern.compile("[\\s,]+");

        double longer() {
            return Math.max(width, height);
        }

        static Optional<SvgBox> of(String viewBox) {
            var sides = new ArrayList<>(List.of(SPACE.split(viewBox.strip(), -1)));
            try {
                if (sides.size() == 4) {
                    var box = new SvgBox(Double.parseDouble(sides.get(2)), Double.parseDouble(sides.get(3)));
                    return box.width > 0 && box.height > 0 ? Optional.of(box) : Optional.empty();
                }
            } catch (NumberFormatException unreadable) {
                // It is no box.
            }
            return Optional.empty();
        }
    }
}
