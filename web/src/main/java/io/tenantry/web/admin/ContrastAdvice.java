package io.tenantry.web.admin;

import io.tenantry.brand.BrandStyle;
import io.tenantry.brand.Colour;
import io.tenantry.brand.Contrast;
import io.tenantry.brand.Palette;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The effect of contrast rules on a reseller's colors: the palette that pages will use, and each place where it differs from the chosen colors
 * because text there would not have been readable. Nothing is rejected and nothing is changed silently. Pure.
 *
 * @param palette the palette that pages will use
 * @param repairs the places where the chosen color is not used unchanged
 */
public record ContrastAdvice(Palette palette, List<ColourReplacement> repairs) {
    private static final Colour LIGHT = Colour.WHITE;
    private static final Colour DARK = Colour.of("#121826");

    /** A place where a color had to be replaced. */
    public enum ColourUse {
        /** Text on the main action: white is not readable on it, so it is dark. */
        ON_BUTTON,
        /** The brand's color as text in the light theme. */
        TEXT_LIGHT,
        /** The brand's color as text in the dark theme. */
        TEXT_DARK,
        /** The background of the emphasized card, which carries white text. */
        LOUD
    }

    /**
     * The replacement of one color.
     *
     * @param chosen the color that would have been used
     * @param ratio its contrast; at least 4.5 is required
     * @param used the color that is used instead
     * @param ratioUsed the contrast of that color
     */
    public record ColourReplacement(
            ColourUse place, Colour chosen, BigDecimal ratio, Colour used, BigDecimal ratioUsed) {}

    /** Returns the advice for these colors. */
    public static ContrastAdvice of(Colour primary, Colour secondary, Colour accent) {
        return of(BrandStyle.of(primary, secondary, accent));
    }

    /** Returns the advice for this style. */
    public static ContrastAdvice of(BrandStyle brandStyle) {
        var primary = brandStyle.primary();
        var palette = Palette.of(brandStyle);
        var repairs = new ArrayList<ColourReplacement>();
        if (!palette.onFill().equals(Colour.WHITE)) {
            repairs.add(repair(ColourUse.ON_BUTTON, Colour.WHITE, palette.onFill(), primary));
        }
        if (!palette.textLight().equals(primary)) {
            repairs.add(repair(ColourUse.TEXT_LIGHT, primary, palette.textLight(), LIGHT));
        }
        if (!palette.textDark().equals(primary)) {
            repairs.add(repair(ColourUse.TEXT_DARK, primary, palette.textDark(), DARK));
        }
        if (!Contrast.isReadable(Colour.WHITE, primary)) {
            repairs.add(repair(ColourUse.LOUD, primary, palette.loudFrom(), Colour.WHITE));
        }
        return new ContrastAdvice(palette, List.copyOf(repairs));
    }

    private static ColourReplacement repair(ColourUse colourUse, Colour chosen, Colour used, Colour against) {
        return new ColourReplacement(colourUse, chosen, ratio(chosen, against), used, ratio(used, against));
    }

    private static BigDecimal ratio(Colour one, Colour other) {
        return BigDecimal.valueOf((long) (Contrast.ratio(one, other) * 10), 1);
    }
}
