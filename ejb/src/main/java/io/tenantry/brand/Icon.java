package io.tenantry.brand;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.imageio.ImageIO;

/** The brand as a small square: its own icon, or the first letter of its name on its colours. */
public final class Icon {
    private static final Logger LOG = System.getLogger(Icon.class.getName());

    private Icon() {}

    /** A stored icon in another size. */
    public static byte[] of(byte[] stored, int size) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(stored));
            return png(Raster.scaled(image, size, size, BufferedImage.TYPE_INT_ARGB));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** The letter in that size. */
    public static byte[] of(Brand brand, int size) {
        var palette = Palette.of(brand);
        var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setPaint(new GradientPaint(0, 0, color(palette.loudFrom()), size, size, color(palette.loudTo())));
            var round = size * Math.min(1.0, 2.0 * brand.look().radius() / 64);
            graphics.fill(new RoundRectangle2D.Double(0, 0, size, size, round, round));
            letter(graphics, brand.name(), size);
        } finally {
            graphics.dispose();
        }
        return png(image);
    }

    /** A server without fonts draws no letter; the colours alone are an icon too. */
    private static void letter(Graphics2D graphics, String name, int size) {
        try {
            var first = name.substring(0, name.offsetByCodePoints(0, 1));
            graphics.setColor(Color.WHITE);
            graphics.setFont(new java.awt.Font(java.awt.Font.SANS_SERIF, java.awt.Font.BOLD, Math.round(size * 0.58f)));
            var box = graphics.getFont()
                    .createGlyphVector(graphics.getFontRenderContext(), first)
                    .getVisualBounds();
            graphics.drawString(
                    first, (float) (size / 2.0 - box.getCenterX()), (float) (size / 2.0 - box.getCenterY()));
        } catch (InternalError | NullPointerException | LinkageError noFonts) {
            LOG.log(Level.DEBUG, "no fonts for icons", noFonts);
        }
    }

    private static Color color(Colour colour) {
        return new Color(colour.red(), colour.green(), colour.blue());
    }

    private static byte[] png(BufferedImage image) {
        var file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file.toByteArray();
    }
}
