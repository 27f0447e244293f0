package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Kind;
import io.tenantry.brand.ImageUpload.Outcome;
import io.tenantry.brand.ImageUpload.Reason;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Raster images: only PNG and JPEG, checked by their header before anything is decoded, and redrawn, so that only the pixels of the upload are
 * stored: no location and no camera, no profile, nothing behind its end.
 */
final class Raster {
    private static final int SIDE_MAX = 4_096;

    /** The maximum size of all decoded pixels. */
    private static final long DECODED_BYTES_MAX = 64L * 1_048_576;

    private static final int STORED_BYTES_MAX = 786_432;
    private static final float PHOTO_QUALITY = 0.82f;

    /** Of 255: the minimum opacity, as scaling may reduce it slightly. */
    private static final int OPAQUE_MIN = 0xf0;

    /** The warnings of the JDK's JPEG decoder that mean damage; it also warns of metadata that it cannot read. */
    private static final Pattern DAMAGE = Pattern.compile("(?i)premature end|truncated|bad huffman|missing EOI");

    private Raster() {}

    static Outcome of(Kind kind, byte[] upload) {
        try {
            var head = RasterHead.of(upload);
            if (head.width() > SIDE_MAX || head.height() > SIDE_MAX || head.decodedBytes() > DECODED_BYTES_MAX) {
                return new Outcome.Refused(Reason.TOO_MANY_PIXELS);
            }
            if (head.isAnimated()) {
                return new Outcome.Refused(Reason.ANIMATED);
            }
            if (!head.isOfScreen()) {
                return new Outcome.Refused(Reason.COLOURS);
            }
            if (kind == Kind.ICON
                    && Math.max(head.width(), head.height()) > 1.1 * Math.min(head.width(), head.height())) {
                return new Outcome.Refused(Reason.NOT_SQUARE);
            }
            return made(kind, upload, head);
        } catch (IOException | RuntimeException damaged) {
            return new Outcome.Refused(Reason.NOT_AN_IMAGE);
        }
    }

    private static Outcome made(Kind kind, byte[] upload, RasterHead head) throws IOException {
        var reader = ImageIO.getImageReadersByFormatName(head.format()).next();
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(upload))) {
            reader.setInput(input, true, true);
            var damages = new AtomicInteger();
            reader.addIIOReadWarningListener((source, warning) -> damages.addAndGet(isOfPixels(warning) ? 1 : 0));
            if (reader.getWidth(0) != head.width() || reader.getHeight(0) != head.height()) {
                return new Outcome.Refused(Reason.NOT_AN_IMAGE);
            }
            var image = head.upright(coloured(reader.read(0)));
            if (damages.get() > 0) {
                return new Outcome.Refused(Reason.NOT_AN_IMAGE);
            }
            var canvas = drawn(image, kind);
            if (VisiblePixels.isEmpty(canvas, kind)) {
                return new Outcome.Refused(Reason.EMPTY);
            }
            var isPhoto = !image.getColorModel().hasAlpha() || !isSeenThrough(canvas);
            return kind == Kind.BACKDROP && isPhoto
                    ? photo(scaled(canvas, canvas.getWidth(), canvas.getHeight(), BufferedImage.TYPE_INT_RGB))
                    : encoded("png", "image/png", canvas);
        } finally {
            reader.dispose();
        }
    }

    /** Whether the decoder substituted missing pixels; it fills them with gray. */
    private static boolean isOfPixels(String warning) {
        return DAMAGE.matcher(warning).find();
    }

    /** Whether the background shows through, which would be black in a photograph. */
    private static boolean isSeenThrough(BufferedImage image) {
        for (var y = 0; y < image.getHeight(); y++) {
            for (var x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) >>> 24 < OPAQUE_MIN) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Converts grays by their levels: Java takes those of 16 bits or with opacity for linear light, and renders them too bright. */
    private static BufferedImage coloured(BufferedImage image) {
        var from = image.getRaster();
        if (image.getColorModel().getColorSpace().getType() != ColorSpace.TYPE_GRAY
                || (from.getNumBands() == 1 && from.getSampleModel().getSampleSize(0) <= 8)) {
            return image;
        }
        var shift = from.getSampleModel().getSampleSize(0) - 8;
        var colours = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (var y = 0; y < image.getHeight(); y++) {
            for (var x = 0; x < image.getWidth(); x++) {
                var grey = from.getSample(x, y, 0) >> shift;
                var opacity = from.getNumBands() > 1 ? from.getSample(x, y, 1) >> shift : 0xff;
                colours.setRGB(x, y, opacity << 24 | grey << 16 | grey << 8 | grey);
            }
        }
        return colours;
    }

    private static BufferedImage drawn(BufferedImage image, Kind kind) {
        var shrink = Math.max(
                1.0,
                Math.max((double) image.getWidth() / kind.widthMax(), (double) image.getHeight() / kind.heightMax()));
        return scaled(
                image,
                Math.max(1, (int) Math.round(image.getWidth() / shrink)),
                Math.max(1, (int) Math.round(image.getHeight() / shrink)),
                BufferedImage.TYPE_INT_ARGB);
    }

    /**
     * Scales the image. It is halved as long as possible, because a larger reduction in one step would skip pixels, and thin lines with them.
     */
    static BufferedImage scaled(BufferedImage image, int width, int height, int type) {
        var near = image;
        while (near.getWidth() >= 2 * width && near.getHeight() >= 2 * height) {
            near = painted(
                    near,
                    (near.getWidth() + 1) / 2,
                    (near.getHeight() + 1) / 2,
                    BufferedImage.TYPE_INT_ARGB_PRE,
                    RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        }
        return painted(near, width, height, type, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    }

    private static BufferedImage painted(BufferedImage image, int width, int height, int type, Object interpolation) {
        var canvas = new BufferedImage(width, height, type);
        var graphics = canvas.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
            graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            graphics.drawImage(image, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    private static Outcome encoded(String format, String mediaType, BufferedImage canvas) throws IOException {
        var file = new ByteArrayOutputStream();
        ImageIO.write(canvas, format, file);
        return stored(mediaType, file, canvas);
    }

    /** A photograph as PNG would be ten times as large. */
    private static Outcome photo(BufferedImage canvas) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var file = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(file)) {
            var how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(PHOTO_QUALITY);
            writer.setOutput(output);
            writer.write(null, new IIOImage(canvas, null, null), how);
        } finally {
            writer.dispose();
        }
        return stored("image/jpeg", file, canvas);
    }

    private static Outcome stored(String mediaType, ByteArrayOutputStream file, BufferedImage canvas) {
        return file.size() > STORED_BYTES_MAX
                ? new Outcome.Refused(Reason.TOO_LARGE)
                : new Outcome.Accepted(mediaType, file.toByteArray(), canvas.getWidth(), canvas.getHeight());
    }
}
