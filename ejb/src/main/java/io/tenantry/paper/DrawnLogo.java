package io.tenantry.paper;

import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A logo that is a drawing (SVG), as pixels that are fine enough for paper. Pure. */
final class DrawnLogo {
    /** What fits on a page, 60 by 15 millimetres, at some 400 dots an inch. */
    private static final int WIDTH_MAX = 944;

    private static final int HEIGHT_MAX = 236;

    private DrawnLogo() {}

    /** Empty of what cannot be drawn, and of a drawing with text in it: in which font a server would draw that, if it has any, nobody knows. */
    static Optional<byte[]> png(byte[] drawing) {
        if (new String(drawing, StandardCharsets.UTF_8).contains("<text")) {
            return Optional.empty();
        }
        var svg = new SVGLoader().load(new ByteArrayInputStream(drawing), null, LoaderContext.createDefault());
        if (svg == null || !(svg.size().width > 0 && svg.size().height > 0)) {
            return Optional.empty();
        }
        var scale = Math.min(WIDTH_MAX / svg.size().width, HEIGHT_MAX / svg.size().height);
        var width = Math.max(1, Math.round(svg.size().width * scale));
        var height = Math.max(1, Math.round(svg.size().height * scale));
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        svg.render(null, graphics, new ViewBox(width, height));
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Optional.of(out.toByteArray());
    }
}
