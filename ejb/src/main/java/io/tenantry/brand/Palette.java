package io.tenantry.brand;

import java.util.ArrayList;
import java.util.List;

/**
 * The colors that pages use of a brand, corrected where the brand's own would not be legible: text of at least 4.5:1 on every background, edges
 * and focus of at least 3:1, light and dark.
 *
 * @param fill the background of the main action
 * @param onFill text on it
 * @param loudFrom the start of the gradient behind the highlighted card, with white text
 * @param loudTo the end of that gradient
 */
public record Palette(Theme light, Theme dark, Colour fill, Colour onFill, Colour loudFrom, Colour loudTo) {
    /** The share of black over the gradient behind a chip, a quiet button or an icon, in percent: white remains legible there. */
    public static final int VEIL = 18;

    /** The share of black in the ornament of a highlighted card, in percent. */
    public static final int SHADE = 8;

    /**
     * A foreground that must be visible on a background.
     *
     * @param least the minimum ratio
     */
    public record Pair(String what, Colour text, Colour ground, double least) {
        /** Returns its contrast ratio. */
        public double ratio() {
            return Contrast.ratio(text, ground);
        }
    }

    /** Returns the palette of a brand. */
    public static Palette of(Brand brand) {
        return of(brand.style());
    }

    /** Returns the palette of a style. */
    public static Palette of(BrandStyle brandStyle) {
        var primary = brandStyle.primary();
        var fill = Contrast.groundNearby(primary);
        var onFill = Contrast.textOn(fill);
        return new Palette(
                Theme.light(brandStyle, fill, onFill),
                Theme.dark(brandStyle, fill, onFill),
                fill,
                onFill,
                Contrast.gradientForWhite(primary.mixed(Colour.BLACK, 8)),
                Contrast.gradientForWhite(primary.mixed(brandStyle.secondary(), 55)));
    }

    /** Returns the brand's color as text in the light theme. */
    public Colour textLight() {
        return light.brandText();
    }

    /** Returns the brand's color as text in the dark theme. */
    public Colour textDark() {
        return dark.brandText();
    }

    /** Returns all foreground and background pairs. */
    public List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        pairs.add(new Pair("main action", onFill, fill, Contrast.TEXT));
        addLoud(pairs, "begin", loudFrom);
        addLoud(pairs, "middle", loudFrom.mixed(loudTo, 50));
        addLoud(pairs, "end", loudTo);
        add(pairs, "light", light);
        add(pairs, "dark", dark);
        return List.copyOf(pairs);
    }

    private static void addLoud(List<Pair> pairs, String where, Colour ground) {
        pairs.add(new Pair("loud card, " + where, Colour.WHITE, ground, Contrast.TEXT));
        pairs.add(new Pair(
                "ornament of the loud card, " + where, Colour.WHITE, ground.mixed(Colour.BLACK, SHADE), Contrast.TEXT));
        pairs.add(new Pair(
                "chip on the loud card, " + where, Colour.WHITE, ground.mixed(Colour.BLACK, VEIL), Contrast.TEXT));
    }

    private void add(List<Pair> pairs, String name, Theme theme) {
        pairs.add(new Pair(name + " main action under the pointer", onFill, theme.hover(), Contrast.TEXT));
        pairs.add(new Pair(name + " ink on soft", theme.ink(), theme.soft(), Contrast.TEXT));
        pairs.add(new Pair(name + " brand on soft", theme.brandText(), theme.soft(), Contrast.TEXT));
        for (var ground : List.of(theme.ground(), theme.surface(), theme.surface2())) {
            pairs.add(new Pair(name + " brand", theme.brandText(), ground, Contrast.TEXT));
        }
        for (var ground : List.of(theme.ground(), theme.surface(), theme.surface2(), theme.surface3())) {
            for (var text : List.of(theme.text(), theme.text2(), theme.text3())) {
                pairs.add(new Pair(name + " text", text, ground, Contrast.TEXT));
            }
            for (var tone : List.of(theme.ok(), theme.warn(), theme.bad(), theme.info())) {
                pairs.add(new Pair(name + " state", tone.ink(), ground, Contrast.TEXT));
                pairs.add(new Pair(name + " state on its own ground", tone.ink(), tone.ground(), Contrast.TEXT));
            }
            pairs.add(new Pair(name + " control", theme.lineControl(), ground, Contrast.SHAPE));
            pairs.add(new Pair(name + " focus", theme.focus(), ground, Contrast.SHAPE));
            pairs.add(new Pair(name + " bar", theme.chart(), ground, Contrast.SHAPE));
        }
        for (var ground : List.of(theme.surface(), theme.pointedAt(), theme.soft())) {
            pairs.add(new Pair(name + " bar of this period", theme.chart(), ground, Contrast.SHAPE));
            pairs.add(new Pair(name + " bar of the one before", theme.chartBefore(), ground, Contrast.SHAPE));
        }
    }
}
