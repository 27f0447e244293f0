package io.tenantry.brand;

/**
 * Colours and shapes, as chosen; {@link Palette} is what pages use of the colours.
 *
 * @param primary the colour of the main action and the current place
 * @param secondary the colour that the primary runs into
 * @param accent the colour of small marks
 * @param neutral the tint of grounds and lines
 * @param radius how round corners are, in pixels, 0 to 24
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
    /** A cool grey. */
    public static final Colour NEUTRAL = Colour.of("#5a7299");

    public static final int RADIUS_MAX = 24;

    /** Refuses corners out of bounds. */
    public BrandStyle {
        if (radius < 0 || radius > RADIUS_MAX) {
            throw new IllegalArgumentException("a brand's corners have a radius of 0 to 24 pixels: " + radius);
        }
    }

    /** Three colours, everything else as it usually is. */
    public static BrandStyle of(Colour primary, Colour secondary, Colour accent) {
        return new BrandStyle(
                primary, secondary, accent, NEUTRAL, Font.SYSTEM, 12, Density.COMFORTABLE, SignInBackground.DRAWING);
    }
}
