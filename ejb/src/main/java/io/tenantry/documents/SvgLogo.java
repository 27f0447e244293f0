package io.tenantry.documents;

import io.tenantry.brand.SvgRenderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Renders an SVG logo as pixels in print resolution. Independent of the database. */
final class SvgLogo {
    /** The available area, 60 by 15 millimeters, at about 400 dots per inch. */
    private static final int WIDTH_MAX = 944;

    private static final int HEIGHT_MAX = 236;

    private SvgLogo() {}

    /** Returns the image; empty if it cannot be rendered, or contains text, whose font would depend on the server. */
    static Optional<byte[]> png(byte[] drawing) {
        if (new String(drawing, StandardCharsets.UTF_8).contains("<text")) {
            return Optional.empty();
        }
        return SvgRenderer.image(drawing, WIDTH_MAX, HEIGHT_MAX).map(SvgLogo::encoded);
    }

    private static byte[] encoded(BufferedImage image) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
