package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import io.tenantry.kernel.limits.TimeLimitExceededException;
import java.awt.image.BufferedImage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Compares the pixels of two drawings. */
final class SvgComparison {
    private static final Logger LOG = System.getLogger(SvgComparison.class.getName());
    private static final int PREVIEW = 480;

    /** Of 255: the tolerance for rounding of a color component. */
    private static final int LEVELS = 16;

    /** One pixel in this many may differ by more, where edges meet. */
    private static final int PIXELS_SHARE = 500;

    private SvgComparison() {}

    /**
     * Requires two drawings to look the same.
     *
     * @param before the original
     * @param after the stored form
     * @return the pixels of the stored form
     * @throws UnsupportedSvg if they look different
     */
    static BufferedImage require(byte[] before, byte[] after) {
        var was = drawn(before);
        var is = drawn(after);
        if (was.getWidth() != is.getWidth() || was.getHeight() != is.getHeight()) {
            throw new UnsupportedSvg(Reason.DIFFERENT);
        }
        var different = 0;
        for (var y = 0; y < is.getHeight(); y++) {
            for (var x = 0; x < is.getWidth(); x++) {
                var one = was.getRGB(x, y);
                var other = is.getRGB(x, y);
                different += isDifferent(one, other) ? 1 : 0;
            }
        }
        if (different > (long) is.getWidth() * is.getHeight() / PIXELS_SHARE) {
            throw new UnsupportedSvg(Reason.DIFFERENT);
        }
        return is;
    }

    /** Whether two drawings look the same. */
    static boolean isSame(byte[] one, byte[] other) {
        try {
            var unused = require(one, other);
            return true;
        } catch (UnsupportedSvg different) {
            return false;
        }
    }

    /** Compares red, green and blue multiplied by opacity, and the opacity itself. */
    private static boolean isDifferent(int one, int other) {
        int opacity = one >>> 24;
        int otherOpacity = other >>> 24;
        if (Math.abs(opacity - otherOpacity) > LEVELS) {
            return true;
        }
        for (var shift = 0; shift <= 16; shift += 8) {
            int level = (one >> shift & 0xff) * opacity / 255;
            int otherLevel = (other >> shift & 0xff) * otherOpacity / 255;
            if (Math.abs(level - otherLevel) > LEVELS) {
                return true;
            }
        }
        return false;
    }

    private static BufferedImage drawn(byte[] drawing) {
        try {
            var image = SvgRenderer.image(drawing, PREVIEW, PREVIEW);
            if (image.isPresent()) {
                return image.get();
            }
        } catch (TimeLimitExceededException late) {
            throw late;
        } catch (RuntimeException undrawable) {
            LOG.log(Level.DEBUG, "a drawing cannot be drawn", undrawable);
        }
        throw new UnsupportedSvg(Reason.DIFFERENT);
    }
}
