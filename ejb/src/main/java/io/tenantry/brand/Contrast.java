package io.tenantry.brand;

/**
 * Whether text can be read on a ground, by WCAG 2.2 (relative luminance and contrast ratio, section 1.4.3), and the nearest
 * colour that can. Pure.
 */
public final class Contrast {
    /** The least ratio for text (WCAG 2.2, level AA). */
    public static final double TEXT = 4.5;

    /** The least ratio for large text, and for shapes that mean something. */
    public static final double SHAPE = 3.0;

    /** Two grounds whose ratio is no more than this look like one colour. */
    private static final double NEARBY = 1.35;

    /** The luminance on which black and white are read equally well. */
    private static final double MIDDLE = 0.18;

    /** What rounding to whole shares may cost. */
    private static final double ROUNDING = 0.1;

    private static final int STEP_PERCENT = 4;
    private static final Colour INK = new Colour(15, 23, 42);

    private Contrast() {}

    /** From 1 (the same) to 21 (black on white), in either order. */
    public static double ratio(Colour one, Colour other) {
        var a = luminance(one);
        var b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** Whether text of that colour can be read on the ground. */
    public static boolean isReadable(Colour text, Colour ground) {
        return ratio(text, ground) >= TEXT;
    }

    /** White where that is enough, else nearly black, else black: one of them always can be read. */
    public static Colour textOn(Colour ground) {
        if (isReadable(Colour.WHITE, ground)) {
            return Colour.WHITE;
        }
        return isReadable(INK, ground) ? INK : Colour.BLACK;
    }

    /** The colour itself if it can be read on all of the grounds, else the nearest shade or tint of it that can. */
    public static Colour readableOn(Colour wanted, Colour... grounds) {
        return distinctOn(TEXT, wanted, grounds);
    }

    /** As {@link #readableOn}, for shapes: {@link #SHAPE} is enough. */
    public static Colour visibleOn(Colour wanted, Colour... grounds) {
        return distinctOn(SHAPE, wanted, grounds);
    }

    /** As {@link #groundForWhite}, for an end of a gradient: a little darker, because browsers round between the ends. */
    public static Colour gradientForWhite(Colour wanted) {
        return distinctOn(TEXT + ROUNDING, wanted, Colour.WHITE);
    }

    /** Whether black can be read on it better than white. */
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

    /** The ground itself, or a shade so near that nobody minds, if that lets white text be read; else the ground itself. */
    public static Colour groundNearby(Colour wanted) {
        var darker = groundForWhite(wanted);
        return ratio(wanted, darker) <= NEARBY ? darker : wanted;
    }

    /** The ground itself if white text can be read on it, else the nearest darker one. */
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
