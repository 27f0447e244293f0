package io.tenantry.brand;

/**
 * Legibility of text on a background by WCAG 2.2 (relative luminance and contrast ratio, section 1.4.3), and the nearest legible color. Pure.
 */
public final class Contrast {
    /** The minimum ratio for text (WCAG 2.2, level AA). */
    public static final double TEXT = 4.5;

    /** The minimum ratio for large text, and for meaningful shapes. */
    public static final double SHAPE = 3.0;

    /** The maximum ratio of two backgrounds that look like one color. */
    private static final double NEARBY = 1.35;

    /** The luminance on which black and white are equally legible. */
    private static final double MIDDLE = 0.18;

    /** The tolerance for rounding to whole components. */
    private static final double ROUNDING = 0.1;

    private static final int STEP_PERCENT = 4;
    private static final Colour INK = new Colour(15, 23, 42);

    private Contrast() {}

    /** Returns the contrast ratio, from 1 (the same) to 21 (black on white), in either order. */
    public static double ratio(Colour one, Colour other) {
        var a = luminance(one);
        var b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** Whether text of that color is legible on the background. */
    public static boolean isReadable(Colour text, Colour ground) {
        return ratio(text, ground) >= TEXT;
    }

    /** Returns white where that is legible, otherwise near-black, otherwise black: one of them always is. */
    public static Colour textOn(Colour ground) {
        if (isReadable(Colour.WHITE, ground)) {
            return Colour.WHITE;
        }
        return isReadable(INK, ground) ? INK : Colour.BLACK;
    }

    /** Returns the color itself if it is legible on all of the backgrounds, otherwise its nearest shade or tint that is. */
    public static Colour readableOn(Colour wanted, Colour... grounds) {
        return distinctOn(TEXT, wanted, grounds);
    }

    /** Like {@link #readableOn}, for shapes: {@link #SHAPE} is enough. */
    public static Colour visibleOn(Colour wanted, Colour... grounds) {
        return distinctOn(SHAPE, wanted, grounds);
    }

    /** Like {@link #groundForWhite}, for an end of a gradient: a little darker, because browsers round between the ends. */
    public static Colour gradientForWhite(Colour wanted) {
        return distinctOn(TEXT + ROUNDING, wanted, Colour.WHITE);
    }

    /** Whether black is more legible on it than white. */
    public static boolean isLight(Colour colour) {
        return luminance(colour) > MIDDLE;
    }

    private static Colour distinctOn(double least, Colour wanted, Colour... grounds) {
        var towards = isLight(grounds[0]) ? Colour.BLACK : Colour.WHITE;
        for (var percent = 0; percent < 100; percent += STEP_PERCENT) {
            var candidate = wanted.mixed(towards, percent);
            if (isDistinctOnAll(least, candidate, grounds)) {
                return candidate;
            }
        }
        return towards;
    }

    /**
     * Returns the nearest background on which white text is legible, if it is close enough to look the same; otherwise the background itself.
     */
    public static Colour groundNearby(Colour wanted) {
        var darker = groundForWhite(wanted);
        return ratio(wanted, darker) <= NEARBY ? darker : wanted;
    }

    /** Returns the background itself if white text is legible on it, otherwise the nearest darker one. */
    public static Colour groundForWhite(Colour wanted) {
        return readableOn(wanted, Colour.WHITE);
    }

    private static boolean isDistinctOnAll(double least, Colour text, Colour... grounds) {
        for (var ground : grounds) {
            if (ratio(text, ground) < least) {
                return false;
            }
        }
        return true;
    }

    private static double luminance(Colour colour) {
        return 0.2126 * linear(colour.red()) + 0.7152 * linear(colour.green()) + 0.0722 * linear(colour.blue());
    }

    private static double linear(int share) {
        var c = share / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
