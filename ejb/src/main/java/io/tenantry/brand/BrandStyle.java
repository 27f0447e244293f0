package io.tenantry.brand;

/**
 * Colors and shapes, as chosen; {@link Palette} derives the colors that pages use.
 *
 * @param primary the color of the main action and the current location
 * @param secondary the color into which the primary blends
 * @param accent the color of small marks
 * @param neutral the tint of backgrounds and lines
 * @param radius the corner radius in pixels, 0 to 24
 */
public record BrandStyle(
        Colour primary,
        Colour secondary,
        Colour accent,
        Colour neutral,
        Font font,
        int radius,
        Density density,
        SignInBackground backdrop) {
    /** A cool gray. */
    public static final Colour NEUTRAL = Colour.of("#5a7299");

    public static final int RADIUS_MAX = 24;

    /** Refuses a radius out of bounds. */
    public BrandStyle {
        if (radius < 0 || radius > RADIUS_MAX) {
            throw new IllegalArgumentException("a brand's corners have a radius of 0 to 24 pixels: " + radius);
        }
    }

    /** Creates a style with three colors and defaults for everything else. */
    public static BrandStyle of(Colour primary, Colour secondary, Colour accent) {
        return new BrandStyle(
                primary, secondary, accent, NEUTRAL, Font.SYSTEM, 12, Density.COMFORTABLE, SignInBackground.DRAWING);
    }
}
