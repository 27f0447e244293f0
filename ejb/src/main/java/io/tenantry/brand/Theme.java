package io.tenantry.brand;

/**
 * All colors of one theme, light or dark, with every text legible on every background it appears on. Pure.
 *
 * @param ground of the page
 * @param surface of cards
 * @param surface2 of headers, hovered rows, read-only fields
 * @param surface3 of pressed or quiet controls
 * @param lineControl the edge of a control, which alone marks its position
 * @param soft a faint tint of the brand's color: the current location
 * @param ink the brand's color as text on soft
 * @param chart the brand's color as a bar, which alone shows the value
 * @param chartBefore the quieter bar beside it
 */
public record Theme(
        Colour ground,
        Colour surface,
        Colour surface2,
        Colour surface3,
        Colour line,
        Colour lineStrong,
        Colour lineControl,
        Colour text,
        Colour text2,
        Colour text3,
        Tone ok,
        Tone warn,
        Tone bad,
        Tone info,
        Colour brandText,
        Colour ink,
        Colour hover,
        Colour soft,
        Colour brandLine,
        Colour focus,
        Colour chart,
        Colour chartBefore) {

    /** A state: its text and background colors. */
    public record Tone(Colour ink, Colour ground) {}

    /** The share of the text's color in the background of hovered bars, in percent. */
    private static final int POINTED = 5;

    /** Returns the background of hovered bars. */
    Colour pointedAt() {
        return pointedAt(surface, text);
    }

    private static Colour pointedAt(Colour surface, Colour text) {
        return surface.mixed(text, POINTED);
    }

    /** Returns the light theme: white cards on a slightly tinted background. */
    static Theme light(BrandStyle brandStyle, Colour fill, Colour onFill) {
        var neutral = balanced(brandStyle.neutral());
        return new ColourMix(Colour.WHITE, neutral, brandStyle.primary(), fill, onFill)
                .theme(
                        new int[] {6, 0, 9, 15, 18, 35, 70},
                        new String[] {"#0f172a", "#475467", "#5d687b"},
                        new String[] {
                            "#067647", "#e7f6ee", "#93370d", "#fef4e6", "#b42318", "#fdeceb", "#175cd3", "#eaf2ff"
                        },
                        9,
                        28,
                        0);
    }

    /** Returns the dark theme, in the same tint. */
    static Theme dark(BrandStyle brandStyle, Colour fill, Colour onFill) {
        var neutral = balanced(brandStyle.neutral());
        return new ColourMix(Colour.BLACK, neutral, brandStyle.primary(), fill, onFill)
                .theme(
                        new int[] {12, 20, 28, 38, 41, 62, 90},
                        new String[] {"#eef2f8", "#b4c0d3", "#95a3ba"},
                        new String[] {
                            "#6ce9a6", "#0d2b20", "#fec84b", "#33240b", "#fda29b", "#371a1a", "#84caff", "#10263f"
                        },
                        22,
                        50,
                        32);
    }

    /** Limits the lightness of a tint so that backgrounds remain distinguishable. */
    private static Colour balanced(Colour neutral) {
        var tint = neutral;
        while (Contrast.ratio(tint, Colour.WHITE) > 7) {
            tint = tint.mixed(Colour.WHITE, 6);
        }
        while (Contrast.ratio(tint, Colour.WHITE) < 3.5) {
            tint = tint.mixed(Colour.BLACK, 6);
        }
        return tint;
    }

    /** The colors from which both themes are mixed. */
    private record ColourMix(Colour base, Colour neutral, Colour primary, Colour fill, Colour onFill) {
        Theme theme(int[] percent, String[] texts, String[] tones, int soft, int line, int ink) {
            var surface = tint(percent[1]);
            Colour[] grounds = {surface, tint(percent[0]), tint(percent[2]), tint(percent[3])};
            var softened = surface.mixed(fill, soft);
            var text = text(texts[0], softened, grounds);
            var pointed = with(with(grounds, softened), pointedAt(surface, text));
            var brandText = Contrast.readableOn(primary, grounds[0], grounds[1], grounds[2], softened);
            return new Theme(
                    grounds[1],
                    surface,
                    grounds[2],
                    grounds[3],
                    tint(percent[4]),
                    tint(percent[5]),
                    Contrast.visibleOn(tint(percent[6]), grounds),
                    text,
                    text(texts[1], softened, grounds),
                    text(texts[2], softened, grounds),
                    tone(tones[0], tones[1], grounds),
                    tone(tones[2], tones[3], grounds),
                    tone(tones[4], tones[5], grounds),
                    tone(tones[6], tones[7], grounds),
                    brandText,
                    Contrast.readableOn(brandText.mixed(Colour.WHITE, ink), surface, softened),
                    hover(),
                    softened,
                    surface.mixed(fill, line),
                    Contrast.visibleOn(fill, grounds),
                    Contrast.visibleOn(fill, pointed),
                    Contrast.visibleOn(tint(percent[6]), pointed));
        }

        private Colour tint(int percent) {
            return base.mixed(neutral, percent);
        }

        private static Colour text(String wanted, Colour softened, Colour[] grounds) {
            return Contrast.readableOn(Colour.of(wanted), with(grounds, softened));
        }

        private static Tone tone(String ink, String ground, Colour[] grounds) {
            var own = Colour.of(ground);
            return new Tone(Contrast.readableOn(Colour.of(ink), with(grounds, own)), own);
        }

        /** On hover the fill moves away from the color of its text. */
        private Colour hover() {
            return fill.mixed(Contrast.isLight(onFill) ? Colour.BLACK : Colour.WHITE, 14);
        }

        private static Colour[] with(Colour[] grounds, Colour one) {
            var all = java.util.Arrays.copyOf(grounds, grounds.length + 1);
            all[grounds.length] = one;
            return all;
        }
    }
}
