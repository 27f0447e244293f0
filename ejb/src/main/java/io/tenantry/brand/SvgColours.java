package io.tenantry.brand;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Converts colors from CSS notations to hexadecimal digits, which all programs read. Pure. */
final class SvgColours {
    private static final String TRANSPARENT = "transparent";

    private static final Pattern FUNCTION = Pattern.compile("(rgb|hsl)a?\\(([^()]{1,200})\\)");

    private static final Pattern PART =
            Pattern.compile("([+-]?(?:[0-9]{1,6}(?:\\.[0-9]{1,20})?|\\.[0-9]{1,20}))(%|deg)?");
    private static final Pattern SLASH = Pattern.compile("(?<![ \\t\\n\\r\\f])[ \\t\\n\\r\\f]*+/[ \\t\\n\\r\\f]*");
    private static final Pattern SPACE = Pattern.compile("[ \\t\\n\\r\\f]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("#(?:[0-9a-f]{4}|[0-9a-f]{8})");
    private static final int LEVEL_MAX = 255;
    private static final double TURN = 360;

    private record Part(double number, String unit) {
        boolean isPercent() {
            return unit.equals("%");
        }

        /** Returns the value on the range from zero to one. */
        double share(double whole) {
            return Math.min(1, Math.max(0, number / (isPercent() ? 100 : whole)));
        }
    }

    private SvgColours() {}

    /**
     * Returns an opaque color in hexadecimal, {@code transparent} if it is invisible; any other value, or a text that is not a color, is
     * returned unchanged.
     */
    static String plain(String given) {
        if (given.equals("rebeccapurple")) {
            // Newer than the other names, which all programs know.
            return "#663399";
        }
        if (HEXADECIMAL.matcher(given).matches()) {
            var digits = (given.length() - 1) / 4;
            var opacity = given.substring(given.length() - digits);
            return withOpacity(
                    given.substring(0, given.length() - digits),
                    Integer.parseInt(opacity, 16) / (digits == 1 ? 15.0 : LEVEL_MAX),
                    given);
        }
        var function = FUNCTION.matcher(given);
        if (!function.matches()) {
            return given;
        }
        var parts = parts(SvgRules.stripped(function.group(2)));
        if (parts.size() != 3 && parts.size() != 4) {
            return given;
        }
        var opacity = parts.size() == 4 ? parts.get(3) : new Part(1, "");
        var colour = function.group(1).equals("rgb") ? levels(parts) : hue(parts);
        return colour.isEmpty() || opacity.unit.equals("deg") ? given : withOpacity(colour, opacity.share(1), given);
    }

    private static String withOpacity(String colour, double opacity, String given) {
        return opacity >= 1 ? colour : opacity <= 0 ? TRANSPARENT : given;
    }

    /** Returns three or four parts separated by commas, or three separated by spaces with an optional fourth after a slash; otherwise none. */
    private static List<Part> parts(String text) {
        var texts = List.of(text.split(",", -1));
        if (texts.size() == 1) {
            var sides = List.of(SLASH.split(text, -1));
            texts = Stream.concat(
                            Stream.of(SPACE.split(sides.get(0), -1)),
                            sides.stream().skip(1))
                    .toList();
            if (sides.size() != texts.size() - 2) {
                return List.of();
            }
        }
        var parts = texts.stream().map(SvgRules::stripped).map(PART::matcher).toList();
        return parts.stream().allMatch(part -> part.matches())
                ? parts.stream()
                        .map(part ->
                                new Part(Double.parseDouble(part.group(1)), part.group(2) == null ? "" : part.group(2)))
                        .toList()
                : List.of();
    }

    /** Red, green and blue: all of them numbers, or all of them percentages. */
    private static String levels(List<Part> parts) {
        var colours = parts.subList(0, 3);
        var percents = colours.stream().filter(Part::isPercent).count();
        return colours.stream().anyMatch(part -> part.unit.equals("deg")) || (percents != 0 && percents != 3)
                ? ""
                : digits(
                        colours.get(0).share(LEVEL_MAX),
                        colours.get(1).share(LEVEL_MAX),
                        colours.get(2).share(LEVEL_MAX));
    }

    /** Hue, saturation and lightness. */
    private static String hue(List<Part> parts) {
        if (parts.get(0).isPercent()
                || !parts.get(1).isPercent()
                || !parts.get(2).isPercent()) {
            return "";
        }
        var hue = (parts.get(0).number % TURN + TURN) % TURN;
        var lightness = parts.get(2).share(1);
        var strength = parts.get(1).share(1) * Math.min(lightness, 1 - lightness);
        return digits(
                level(0, hue, lightness, strength),
                level(8, hue, lightness, strength),
                level(4, hue, lightness, strength));
    }

    private static double level(int from, double hue, double lightness, double strength) {
        var place = (from + hue / 30) % 12;
        return lightness - strength * Math.max(-1, Math.min(Math.min(place - 3, 9 - place), 1));
    }

    private static String digits(double... shares) {
        var digits = new StringBuilder("#");
        for (var share : shares) {
            digits.append(String.format(Locale.ROOT, "%02x", Math.round(share * LEVEL_MAX)));
        }
        return digits.toString();
    }
}
