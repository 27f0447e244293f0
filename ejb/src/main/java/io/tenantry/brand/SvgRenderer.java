package io.tenantry.brand;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Optional;

/** Renders vector drawings to pixels, within bounds. It opens no file and no URL, whatever a drawing references. Pure. */
public final class SvgRenderer {
    /** No less than {@link SvgBounds} allow, since the renderer does not report that its own limit is exceeded. */
    private static final int USE_DEPTH_MAX = 20;

    private static final int DEPTH_MAX = 60;
    private static final int PATHS_MAX = 20_000;

    private SvgRenderer() {}

    /** Renders a drawing as large as fits; empty if it cannot be rendered. */
    public static Optional<BufferedImage> image(byte[] drawing, int widthMax, int heightMax) {
        var context = LoaderContext.builder()
                .externalResourcePolicy(ResourcePolicy.DENY_ALL)
                .documentLimits(new DocumentLimits(DEPTH_MAX, USE_DEPTH_MAX, PATHS_MAX))
                .build();
        var svg = new SVGLoader().load(new ByteArrayInputStream(drawing), null, context);
        if (svg == null || !(svg.size().width > 0 && svg.size().height > 0)) {
            return Optional.empty();
        }
        return Optional.of(drawn(svg, widthMax, heightMax));
    }

    private static BufferedImage drawn(SVGDocument svg, int widthMax, int heightMax) {
        var scale = Math.min(widthMax / svg.size().width, heightMax / svg.size().height);
        var width = Math.max(1, Math.round(svg.size().width * scale));
        var height = Math.max(1, Math.round(svg.size().height * scale));
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            svg.renderWithPlatform(NullPlatformSupport.INSTANCE, SvgOutput.of(graphics), new ViewBox(width, height));
        } finally {
            graphics.dispose();
        }
        return image;
    }
}
