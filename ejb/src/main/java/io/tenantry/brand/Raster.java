package io.tenantry.brand;

import io.tenantry.brand.Picture.Kind;
import io.tenantry.brand.Picture.Outcome;
import io.tenantry.brand.Picture.Reason;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;

/**
 * Pictures of pixels: only PNG and JPEG, their dimensions read from the head before anything is decoded, and drawn anew, so
 * that nothing of the upload but its pixels is kept.
 */
final class Raster {
    private static final int SIDE_MAX = 4_096;
    private static final int STORED_BYTES_MAX = 786_432;
    private static final float PHOTO_QUALITY = 0.82f;

    private Raster() {}

    static Outcome of(Kind kind, byte[] upload) {
        var format = format(upload);
        if (format.isEmpty()) {
            return new Outcome.Refused(Reason.NOT_AN_IMAGE);
        }
        try {
            return made(kind, upload, format.get());
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
            return new Outcome.Refused(Reason.NOT_AN_IMAGE);
        }
    }

    private static Optional<String> format(byte[] upload) {
        if (begins(upload, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return Optional.of("png");
        }
        return begins(upload, 0xff, 0xd8, 0xff) ? Optional.of("jpeg") : Optional.empty();
    }

    private static boolean begins(byte[] upload, int... magic) {
        if (upload.length < magic.length) {
            return false;
        }
        for (var i = 0; i < magic.length; i++) {
            if ((upload[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static Outcome made(Kind kind, byte[] upload, String format) throws IOException {
        var reader = ImageIO.getImageReadersByFormatName(format).next();
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(upload))) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width > SIDE_MAX || height > SIDE_MAX) {
                return new Outcome.Refused(Reason.TOO_MANY_PIXELS);
            }
            if (kind == Kind.ICON && Math.max(width, height) > 1.1 * Math.min(width, height)) {
                return new Outcome.Refused(Reason.NOT_SQUARE);
            }
            return kind == Kind.BACKDROP
                    ? photo(drawn(reader, kind, BufferedImage.TYPE_INT_RGB))
                    : encoded("png", "image/png", drawn(reader, kind, BufferedImage.TYPE_INT_ARGB));
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage drawn(ImageReader reader, Kind kind, int type) throws IOException {
        var image = reader.read(0);
        var shrink = Math.max(
                1.0,
                Math.max((double) image.getWidth() / kind.widthMax(), (double) image.getHeight() / kind.heightMax()));
        return scaled(
                image,
                Math.max(1, (int) Math.round(image.getWidth() / shrink)),
                Math.max(1, (int) Math.round(image.getHeight() / shrink)),
                type);
    }

    /** The image in another size. */
    static BufferedImage scaled(BufferedImage image, int width, int height, int type) {
        var canvas = new BufferedImage(width, height, type);
        var graphics = canvas.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
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
                : new Outcome.Made(mediaType, file.toByteArray(), canvas.getWidth(), canvas.getHeight());
    }
}
