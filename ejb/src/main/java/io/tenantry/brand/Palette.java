package io.tenantry.brand;

/**
 * The colours that a page needs of a brand, repaired where the brand's own could not be read: text of at least 4.5:1 on every
 * ground it stands on, light and dark.
 *
 * @param fill the main action's ground
 * @param onFill text on it
 * @param textLight the brand's colour as text in the light theme
 * @param textDark the brand's colour as text in the dark theme
 * @param loudFrom where the ground of the one loud card begins; white text stands on it
 * @param loudTo where it ends
 */
public record Palette(Colour fill, Colour onFill, Colour textLight, Colour textDark, Colour loudFrom, Colour loudTo) {
    /** Grounds of tokens.css on which the brand's colour stands as text. */
    private static final Colour SURFACE_LIGHT = Colour.WHITE;

    private static final Colour BACKGROUND_LIGHT = Colour.of("#f6f7f9");
    private static final Colour SURFACE_DARK = Colour.of("#121826");
    private static final Colour RAISED_DARK = Colour.of("#1a2233");

    /** Share of the brand's colour in its soft ground, as tokens.css mixes it, and a little more. */
    private static final int SOFT_LIGHT_PERCENT = 12;

    private static final int SOFT_DARK_PERCENT = 28;

    /** The palette of a brand. */
    public static Palette of(Brand brand) {
        var primary = brand.primary();
        var fill = Contrast.groundNearby(primary);
        return new Palette(
                fill,
                Contrast.textOn(fill),
                Contrast.readableOn(
                        primary, SURFACE_LIGHT, BACKGROUND_LIGHT, SURFACE_LIGHT.mixed(primary, SOFT_LIGHT_PERCENT)),
                Contrast.readableOn(primary, SURFACE_DARK, RAISED_DARK, SURFACE_DARK.mixed(primary, SOFT_DARK_PERCENT)),
                Contrast.groundForWhite(primary.mixed(Colour.BLACK, 8)),
                Contrast.groundForWhite(primary.mixed(brand.secondary(), 55)));
    }
}
