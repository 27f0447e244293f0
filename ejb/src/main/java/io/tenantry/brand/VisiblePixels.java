package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Kind;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** Tells a picture of which nothing can be seen. Pure. */
final class VisiblePixels {
    /** Of 255: the opacity, and the difference from the background, up to which a pixel is invisible. */
    private static final int LEVELS = 16;

    private VisiblePixels() {}

    /** Whether all pixels are transparent, or have the color of the background that such a picture is shown on. */
    static boolean isEmpty(BufferedImage image, Kind kind) {
        var ground = kind.ground();
        for (var y = 0; y < image.getHeight(); y++) {
            for (var x = 0; x < image.getWidth(); x++) {
                if (isVisible(image.getRGB(x, y), ground)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isVisible(int pixel, @Nullable Colour ground) {
        var opacity = pixel >>> 24;
        if (opacity <= LEVELS || ground == null) {
            return opacity > LEVELS;
        }
        return differs(pixel >> 16 & 0xff, ground.red(), opacity)
                || differs(pixel >> 8 & 0xff, ground.green(), opacity)
                || differs(pixel & 0xff, ground.blue(), opacity);
    }

    private static boolean differs(int level, int ground, int opacity) {
        return Math.abs(level - ground) * opacity / 255 > LEVELS;
    }
}
