package io.tenantry.brand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The visible part of the plane.
 *
 * @param width above zero
 * @param height above zero
 */
record SvgBox(double width, double height) {
    static final Pattern SPACE = Pattern.compile("[\\s,]+");
    private static final Pattern LENGTH = Pattern.compile("([0-9.]+(?:[eE][+-]?[0-9]+)?)(px|pt|pc|mm|cm|in)?");
    private static final Map<String, Double> PIXELS =
            Map.of("px", 1.0, "pt", 96 / 72.0, "pc", 16.0, "mm", 96 / 25.4, "cm", 96 / 2.54, "in", 96.0);

    double longer() {
        return Math.max(width, height);
    }

    double shorter() {
        return Math.min(width, height);
    }

    static Optional<SvgBox> of(String viewBox) {
        var sides = new ArrayList<>(List.of(SPACE.split(viewBox.strip(), -1)));
        try {
            if (sides.size() == 4) {
                var box = new SvgBox(Double.parseDouble(sides.get(2)), Double.parseDouble(sides.get(3)));
                return box.width > 0 && box.height > 0 ? Optional.of(box) : Optional.empty();
            }
        } catch (NumberFormatException unreadable) {
            // Not a valid box.
        }
        return Optional.empty();
    }

    /** Returns the number of pixels of a length's unit; one if it has none. */
    static double unit(String length) {
        return PIXELS.getOrDefault(length.substring(Math.max(0, length.length() - 2)), 1.0);
    }

    /** Returns a length of a drawing in pixels; empty if it depends on the surroundings. */
    static Optional<Double> pixels(String length) {
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
}
