package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The allowlist for drawings: elements and attributes that browsers and our documents render alike, and those that nothing renders. Everything
 * else changes how a drawing looks and is refused.
 */
final class SvgRules {
    /** Elements with metadata, or definitions that are drawn only where they are referenced. A reference to one is refused. */
    static final Set<String> UNDRAWN = words("title desc metadata filter view cursor color-profile");

    static final Set<String> SHAPES = words("path rect circle ellipse line polyline polygon");

    /** Possible targets of {@code use}. */
    static final Set<String> USABLE = words("path rect circle ellipse line polyline polygon g svg symbol use");

    private static final Set<String> ELEMENTS =
            words("svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient "
                    + "stop clipPath mask symbol use marker pattern");

    private static final Set<String> DEFINITIONS =
            words("defs linearGradient radialGradient clipPath mask symbol marker pattern style");

    private static final Set<String> TEXTS =
            words("text tspan tref textPath altGlyph flowRoot flowPara flowRegion flowSpan font font-face "
                    + "glyph missing-glyph");

    private static final Set<String> ACTIVE = words(
            "script animate animateColor animateMotion animateTransform set discard handler listener foreignObject");

    /** As long as possible, so that no digit is left for another number; without a trailing dot, after which browsers stop reading. */
    static final String NUMBER =
            "[+-]?(?>[0-9]{1,7}(?:\\.[0-9]{1,20})?|\\.[0-9]{1,20})(?:[eE](?:\\+?0{0,2}[0-4]|-0?[0-9]{1,2}))?(?![0-9]|\\.(?![0-9]))";

    /** The maximum length of an attribute other than path data. */
    private static final int LENGTH_MAX = 4_000;

    private static final String SPACES = " \t\n\r\f";
    private static final String SEPARATOR = "(?:\\s*,\\s*|\\s+)";
    private static final Pattern NUMBERS = Pattern.compile(NUMBER);
    private static final Pattern LENGTH = Pattern.compile(NUMBER + "(?:px|pt|pc|mm|cm|in|%)?");
    private static final Pattern POSITIVE_LENGTH = Pattern.compile("(?!-)" + LENGTH.pattern());
    private static final Pattern OPACITY = Pattern.compile(NUMBER + "%?");
    private static final Pattern LENGTHS =
            Pattern.compile(NUMBER + "(?:px)?(?:" + SEPARATOR + NUMBER + "(?:px)?){0,63}");
    private static final Pattern BOX = Pattern.compile(NUMBER + "(?:" + SEPARATOR + NUMBER + "){3}");
    private static final Pattern ASPECT =
            Pattern.compile("none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)(?:\\s+(?:meet|slice))?");
    private static final Pattern ID = Pattern.compile("[^\\s\"'()#<>&]{1,200}");

    private static final Pattern COLOUR = Pattern.compile("#(?:[0-9a-f]{3}|[0-9a-f]{6})|currentcolor");

    /** A reference within the file; a color after it is the fallback for a missing target. */
    static final Pattern REFERENCE = Pattern.compile(
            "url\\(\\s*[\"']?#([^\"')]{1,200})[\"']?\\s*\\)(?:\\s+(?:none|#?[A-Za-z0-9]{1,20}|rgba?\\([0-9.,%/ ]{1,60}\\)))?");

    private static final Set<String> NAMES =
            words("aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue "
                    + "blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan "
                    + "darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon "
                    + "darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey "
                    + "dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey "
                    + "honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan "
                    + "lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray "
                    + "lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid "
                    + "mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream "
                    + "mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise "
                    + "palevioletred papayawhip peachpuff peru pink plum powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown "
                    + "seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato "
                    + "turquoise violet wheat white whitesmoke yellow yellowgreen");

    /** Properties that may be set by attributes and style sheets. */
    private static final Map<String, Predicate<String>> PROPERTIES = Map.ofEntries(
            Map.entry("fill", SvgRules::isPaint),
            Map.entry("stroke", SvgRules::isPaint),
            Map.entry("color", SvgRules::isColour),
            Map.entry("stop-color", SvgRules::isColour),
            Map.entry("opacity", matching(OPACITY)),
            Map.entry("fill-opacity", matching(OPACITY)),
            Map.entry("stroke-opacity", matching(OPACITY)),
            Map.entry("stop-opacity", matching(OPACITY)),
            Map.entry("fill-rule", words("nonzero evenodd")::contains),
            Map.entry("clip-rule", words("nonzero evenodd")::contains),
            Map.entry("stroke-width", matching(POSITIVE_LENGTH)),
            Map.entry("stroke-linecap", words("butt round square")::contains),
            Map.entry("stroke-linejoin", words("miter round bevel")::contains),
            Map.entry("stroke-miterlimit", matching(NUMBERS)),
            Map.entry(
                    "stroke-dasharray",
                    value -> value.equals("none") || LENGTHS.matcher(value).matches()),
            Map.entry("stroke-dashoffset", matching(LENGTH)),
            Map.entry("clip-path", SvgRules::isReference),
            Map.entry("mask", SvgRules::isReference),
            Map.entry("marker-start", SvgRules::isReference),
            Map.entry("marker-mid", SvgRules::isReference),
            Map.entry("marker-end", SvgRules::isReference),
            Map.entry("display", words("none inline")::contains),
            Map.entry("visibility", words("visible hidden collapse")::contains),
            Map.entry("overflow", words("visible hidden scroll auto")::contains),
            Map.entry("paint-order", SvgPaintOrder::isOrder));

    private static final Map<String, Predicate<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("id", matching(ID)),
            Map.entry(
                    "href",
                    value -> value.startsWith("#")
                            && ID.matcher(value.substring(1)).matches()),
            Map.entry("d", SvgPath::isPath),
            Map.entry("viewBox", matching(BOX)),
            Map.entry("preserveAspectRatio", matching(ASPECT)),
            Map.entry("offset", matching(OPACITY)),
            Map.entry("spreadMethod", words("pad reflect repeat")::contains),
            Map.entry("gradientUnits", SvgRules::isUnits),
            Map.entry("clipPathUnits", SvgRules::isUnits),
            Map.entry("maskUnits", SvgRules::isUnits),
            Map.entry("maskContentUnits", SvgRules::isUnits),
            Map.entry("patternUnits", SvgRules::isUnits),
            Map.entry("patternContentUnits", SvgRules::isUnits),
            Map.entry("markerUnits", words("strokeWidth userSpaceOnUse")::contains),
            Map.entry(
                    "orient",
                    value -> value.equals("auto")
                            || value.equals("auto-start-reverse")
                            || NUMBERS.matcher(value).matches()));

    /** Lists of numbers, which are rewritten: JSVG does not accept every separator that is allowed, nor every omission. */
    private static final Map<String, Function<String, Optional<String>>> LISTS = Map.of(
            "points", SvgNumbers::points,
            "transform", SvgNumbers::transform,
            "gradientTransform", SvgNumbers::transform,
            "patternTransform", SvgNumbers::transform);

    private static final Set<String> OUTLINES = words("d points");
    private static final Set<String> COLOURED = words("fill stroke color stop-color");

    private static final Set<String> LENGTH_ATTRIBUTES =
            words("x y x1 y1 x2 y2 cx cy r rx ry fx fy fr width height refX refY markerWidth markerHeight");

    /** Properties of text, rendering hints, or pointer events: without effect on a drawing without text. */
    private static final Set<String> UNDRAWN_PROPERTIES =
            words("writing-mode direction unicode-bidi letter-spacing word-spacing line-height "
                    + "white-space kerning dominant-baseline alignment-baseline baseline-shift glyph-orientation-horizontal "
                    + "glyph-orientation-vertical inline-size shape-inside shape-padding shape-margin shape-subtract enable-background "
                    + "color-rendering image-rendering shape-rendering pointer-events cursor color-profile user-select will-change "
                    + "solid-color solid-opacity flood-color flood-opacity lighting-color color-interpolation-filters block-progression tab-size "
                    + "isolation -webkit-font-smoothing -moz-osx-font-smoothing");

    private static final Set<String> UNDRAWN_ATTRIBUTES =
            words("version baseProfile role lang tabindex focusable contentScriptType "
                    + "contentStyleType zoomAndPan externalResourcesRequired p-id t slot nonce name title type xmlns");

    /** Properties with a value that equals the default. */
    private static final Map<String, Set<String>> WITHOUT_EFFECT = Map.of(
            "filter", words("none"),
            "mix-blend-mode", words("normal"),
            "color-interpolation", words("auto srgb"),
            "mask-type", words("luminance"),
            "background", words("none transparent"),
            "background-color", words("none transparent"),
            "vector-effect", words("none"),
            "clip", words("auto"),
            "marker", words("none"),
            "display", words("inline block inline-block"));

    private static final Set<String> INHERITED =
            words("fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
                    + "stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset clip-rule color visibility paint-order marker-start "
                    + "marker-mid marker-end");

    private SvgRules() {}

    /**
     * Checks an element's name.
     *
     * @throws UnsupportedSvg if it is drawn by some programs and not by others, or does more than draw
     */
    static void requireElement(String name) {
        if (ELEMENTS.contains(name)) {
            return;
        }
        if (TEXTS.contains(name)) {
            throw new UnsupportedSvg(Reason.TEXT, name);
        }
        if (name.equals("image")) {
            throw new UnsupportedSvg(Reason.EMBEDDED_IMAGE, name);
        }
        throw new UnsupportedSvg(ACTIVE.contains(name) ? Reason.ACTIVE : Reason.ELEMENT, name);
    }

    /** Whether an element changes the drawing while it is shown, or runs something. */
    static boolean isActive(String name) {
        return ACTIVE.contains(name);
    }

    /** Whether an element is never drawn in place. */
    static boolean isDefinition(String name) {
        return DEFINITIONS.contains(name);
    }

    /**
     * Checks an element's position.
     *
     * @throws UnsupportedSvg if only some programs draw it there
     */
    static void requirePlace(SvgElement element) {
        var around = element.parent == null ? "" : element.parent.name;
        var isGradient = around.equals("linearGradient") || around.equals("radialGradient");
        var isFit = around.equals("clipPath")
                ? SHAPES.contains(element.name) || element.name.equals("use")
                : element.name.equals("stop") == isGradient
                        && !SHAPES.contains(around)
                        && !around.equals("use")
                        && !around.equals("stop");
        if (!isFit) {
            throw new UnsupportedSvg(Reason.ELEMENT, element.name + " in " + around);
        }
    }

    /** Whether a style sheet may set it: it is drawn, or known not to be drawn. */
    static boolean isProperty(String name) {
        return PROPERTIES.containsKey(name) || WITHOUT_EFFECT.containsKey(name) || isUndrawnProperty(name);
    }

    /**
     * Returns an attribute in rewritten form; empty if it draws nothing.
     *
     * @throws UnsupportedSvg if it is not supported, or if its value is not rendered alike everywhere
     */
    static Optional<String> attribute(String name, String given) {
        if (name.startsWith("on")) {
            throw new UnsupportedSvg(Reason.ACTIVE, name);
        }
        var value = plain(name, given);
        if (isUndrawn(name, value)) {
            return Optional.empty();
        }
        if (value.length() > LENGTH_MAX && !OUTLINES.contains(name)) {
            throw new UnsupportedSvg(Reason.ATTRIBUTE, name + "=" + value);
        }
        var property = PROPERTIES.get(name);
        if (property != null) {
            var known = known(name, value, property);
            return name.equals("paint-order") ? known.map(SvgPaintOrder::plain) : known;
        }
        var list = LISTS.get(name);
        if (list != null) {
            return Optional.of(
                    list.apply(value).orElseThrow(() -> new UnsupportedSvg(Reason.ATTRIBUTE, name + "=" + value)));
        }
        if (LENGTH_ATTRIBUTES.contains(name)) {
            return known(name, value, matching(LENGTH));
        }
        var attribute = ATTRIBUTES.get(name);
        if (attribute == null) {
            throw new UnsupportedSvg(name.equals("filter") ? Reason.EFFECT : Reason.ATTRIBUTE, name);
        }
        return known(name, value, attribute);
    }

    /** Returns a value without surrounding white space, in lower case for CSS properties, and in hexadecimal for colors. */
    static String plain(String name, String given) {
        var value = stripped(given);
        if (!PROPERTIES.containsKey(name) || value.contains("url(")) {
            return value;
        }
        var lower = value.toLowerCase(Locale.ROOT);
        var plain = COLOURED.contains(name) ? SvgColours.plain(lower) : lower;
        return plain.equals("transparent") && (name.equals("fill") || name.equals("stroke")) ? "none" : plain;
    }

    /** Strips the white space of SVG and CSS. Other Unicode white space is part of a value, and so makes it invalid. */
    static String stripped(String text) {
        var from = 0;
        var to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isSpace(char character) {
        return SPACES.indexOf(character) >= 0;
    }

    private static boolean isUndrawn(String name, String value) {
        return UNDRAWN_ATTRIBUTES.contains(name)
                || isUndrawnProperty(name)
                || name.startsWith("data-")
                || name.startsWith("aria-")
                || WITHOUT_EFFECT.getOrDefault(name, Set.of()).contains(value.toLowerCase(Locale.ROOT))
                || (INHERITED.contains(name) && value.equals("inherit"));
    }

    private static boolean isUndrawnProperty(String name) {
        return UNDRAWN_PROPERTIES.contains(name)
                || name.equals("font")
                || name.startsWith("font-")
                || name.startsWith("text-")
                || name.startsWith("-inkscape-");
    }

    private static Optional<String> known(String name, String value, Predicate<String> rule) {
        var reference = REFERENCE.matcher(value);
        var written = reference.matches() ? "url(#" + reference.group(1) + ")" : value;
        if (!rule.test(written)) {
            throw value.contains("://") || value.startsWith("data:") || (name.equals("href") && !value.startsWith("#"))
                    ? new UnsupportedSvg(Reason.REFERENCE, value)
                    : new UnsupportedSvg(Reason.ATTRIBUTE, name + "=" + value);
        }
        return Optional.of(written.equals("currentcolor") ? "currentColor" : written);
    }

    private static boolean isUnits(String value) {
        return value.equals("userSpaceOnUse") || value.equals("objectBoundingBox");
    }

    private static boolean isReference(String value) {
        return value.equals("none") || REFERENCE.matcher(value).matches();
    }

    private static boolean isPaint(String value) {
        return isReference(value) || isColour(value);
    }

    private static boolean isColour(String value) {
        return COLOUR.matcher(value).matches() || NAMES.contains(value);
    }

    private static Predicate<String> matching(Pattern pattern) {
        return value -> pattern.matcher(value).matches();
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }
}
