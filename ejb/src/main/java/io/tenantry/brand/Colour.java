package io.tenantry.brand;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An RGB color, with components from 0 to 255.
 *
 * @param red the red component
 * @param green the green component
 * @param blue the blue component
 */
public record Colour(int red, int green, int blue) {
    public static final Colour WHITE = new Colour(255, 255, 255);
    public static final Colour BLACK = new Colour(0, 0, 0);

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** Refuses components out of bounds. */
    public Colour {
        if (((red | green | blue) & ~0xff) != 0) {
            throw new IllegalArgumentException("not a colour: " + red + ", " + green + ", " + blue);
        }
    }

    /**
     * Parses a color such as {@code #4f46e5}.
     *
     * @throws IllegalArgumentException for anything else: these texts end up in a stylesheet
     */
    public static Colour of(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a colour of the form #rrggbb: " + hex);
        }
        var bits = Integer.parseInt(hex, 1, 7, 16);
        return new Colour(bits >> 16, bits >> 8 & 0xff, bits & 0xff);
    }

    /** Whether {@link #of} accepts the text. */
    public static boolean isColour(String hex) {
        return HEX.matcher(hex).matches();
    }

    /** Returns this color mixed with a share of another, 0 (none) to 100 (only the other). */
    public Colour mixed(Colour other, int percent) {
        return new Colour(
                mix(red, other.red, percent), mix(green, other.green, percent), mix(blue, other.blue, percent));
    }

    private static int mix(int mine, int theirs, int percent) {
        return Math.round((mine * (100 - percent) + theirs * percent) / 100f);
    }

    /** Returns the CSS notation. */
    public String hex() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    @Override
    public String toString() {
        return hex();
    }
}
