package io.tenantry.documents;

import io.tenantry.brand.SvgRenderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A logo that is a drawing (SVG), as pixels that are fine enough for paper. Pure. */
final class SvgLogo {
    /** What fits on a page, 60 by 15 millimetres, at some 400 dots an inch. */
    private static final int WIDTH_MAX = 944;

    private static final int HEIGHT_MAX = 236;

    private SvgLogo() {}

    /** Empty if it cannot be drawn, or has text in it: in which font a server would draw that, if it has any, nobody knows. */
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
