package io.tenantry.web.admin;

import io.tenantry.brand.BrandStyle;
import io.tenantry.brand.Colour;
import io.tenantry.brand.Contrast;
import io.tenantry.brand.Palette;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a reseller's colours: the palette that pages will use, and each place where it differs from what was
 * chosen because text there could not have been read. Nothing is refused, nothing is changed silently. Pure.
 *
 * @param palette what pages will use
 * @param repairs where the chosen colour is not used as it is
 */
public record ContrastAdvice(Palette palette, List<Repair> repairs) {
    private static final Colour LIGHT = Colour.WHITE;
    private static final Colour DARK = Colour.of("#121826");

    /** Where a colour had to give way. */
    public enum Place {
        /** Text on the main action: white cannot be read, so it is dark. */
        ON_BUTTON,
        /** The brand's colour as text in the light theme. */
        TEXT_LIGHT,
        /** The brand's colour as text in the dark theme. */
        TEXT_DARK,
        /** The ground of the loud card, on which white text stands. */
        LOUD
    }

    /**
     * One place.
     *
     * @param chosen what would have been there
     * @param ratio its contrast, at least 4.5 is needed
     * @param used what is there instead
     * @param ratioUsed its contrast
     */
    public record Repair(Place place, Colour chosen, BigDecimal ratio, Colour used, BigDecimal ratioUsed) {}

    /** The advice for those colours. */
    public static ContrastAdvice of(Colour primary, Colour secondary, Colour accent) {
        return of(BrandStyle.of(primary, secondary, accent));
    }

    /** The advice for that look. */
    public static ContrastAdvice of(BrandStyle brandStyle) {
        var primary = brandStyle.primary();
        var palette = Palette.of(brandStyle);
        var repairs = new ArrayList<Repair>();
        if (!palette.onFill().equals(Colour.WHITE)) {
            repairs.add(repair(Place.ON_BUTTON, Colour.WHITE, palette.onFill(), primary));
        }
        if (!palette.textLight().equals(primary)) {
            repairs.add(repair(Place.TEXT_LIGHT, primary, palette.textLight(), LIGHT));
        }
        if (!palette.textDark().equals(primary)) {
            repairs.add(repair(Place.TEXT_DARK, primary, palette.textDark(), DARK));
        }
        if (!Contrast.isReadable(Colour.WHITE, primary)) {
            repairs.add(repair(Place.LOUD, primary, palette.loudFrom(), Colour.WHITE));
        }
        return new ContrastAdvice(palette, List.copyOf(repairs));
    }

    private static Repair repair(Place place, Colour chosen, Colour used, Colour against) {
        return new Repair(place, chosen, ratio(chosen, against), used, ratio(used, against));
    }

    private static BigDecimal ratio(Colour one, Colour other) {
        return BigDecimal.valueOf((long) (Contrast.ratio(one, other) * 10), 1);
    }
}
