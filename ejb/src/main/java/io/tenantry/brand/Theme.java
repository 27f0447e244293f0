package io.tenantry.brand;

/**
 * All colours of one theme, light or dark, with every text readable on every ground that it stands on. Pure.
 *
 * @param ground of the page
 * @param surface of cards
 * @param surface2 of heads, rows under the pointer, fields that cannot be changed
 * @param surface3 of what is pressed or quiet
 * @param lineControl the edge of a control, which alone shows where it is
 * @param soft the brand's colour, hardly there: the current place
 * @param ink the brand's colour as text on soft
 * @param chart the brand's colour as a bar, which alone says how much
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

    /** A state: its words and the ground they stand on. */
    public record Tone(Colour ink, Colour ground) {}

    /** How much of the text's colour lies behind the bars that are pointed at, in hundredths. */
    private static final int POINTED = 5;

    /** What the bars that are pointed at stand on. */
    Colour pointedAt() {
        return pointedAt(surface, text);
    }

    private static Colour pointedAt(Colour surface, Colour text) {
        return surface.mixed(text, POINTED);
    }

    /** Light: white cards on a ground that is tinted a little. */
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

    /** Dark: a night of the same tint. */
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

    /** A tint that is neither so light nor so dark that grounds would melt into each other. */
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

    /** What both themes mix their colours of. */
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

        /** Under the pointer the fill goes away from its text's colour. */
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
