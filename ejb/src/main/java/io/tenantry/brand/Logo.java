package io.tenantry.brand;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Makes a logo out of an upload: only PNG and JPEG, looked at before it is decoded (size, dimensions), and drawn anew, so
 * that nothing of the upload but its pixels is kept. SVG is refused: it may carry scripts.
 */
public final class Logo {
    /** The largest upload. */
    public static final int UPLOAD_BYTES_MAX = 1_048_576;

    private static final int SIDE_MAX = 4_096;
    private static final int WIDTH_STORED_MAX = 480;
    private static final int HEIGHT_STORED_MAX = 144;
    private static final int STORED_BYTES_MAX = 262_144;

    private Logo() {}

    /** What becomes of an upload. */
    public sealed interface Outcome {
        /** A PNG of ours. */
        final class Made implements Outcome {
            private final byte[] png;

            public Made(byte[] png) {
                this.png = png.clone();
            }

            /** The file's content. */
            public byte[] png() {
                return png.clone();
            }
        }

        /** Not taken, and why. */
        record Refused(Reason reason) implements Outcome {}
    }

    /** Why an upload is not taken. */
    public enum Reason {
        /** More than {@link #UPLOAD_BYTES_MAX} bytes, or too detailed to be stored. */
        TOO_LARGE,
        /** Neither PNG nor JPEG. */
        NOT_AN_IMAGE,
        /** More than 4096 pixels on a side. */
        TOO_MANY_PIXELS
    }

    /** The logo of an upload, no larger than 480 by 144 pixels. */
    public static Outcome of(byte[] upload) {
        if (upload.length > UPLOAD_BYTES_MAX) {
            return new Outcome.Refused(Reason.TOO_LARGE);
        }
        var format = format(upload);
        if (format.isEmpty()) {
            return new Outcome.Refused(Reason.NOT_AN_IMAGE);
        }
        try {
            return made(upload, format.get());
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

    private static Outcome made(byte[] upload, String format) throws IOException {
        var reader = ImageIO.getImageReadersByFormatName(format).next();
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(upload))) {
            reader.setInput(input, true, true);
            if (reader.getWidth(0) > SIDE_MAX || reader.getHeight(0) > SIDE_MAX) {
                return new Outcome.Refused(Reason.TOO_MANY_PIXELS);
            }
            return encoded(drawn(reader));
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage drawn(ImageReader reader) throws IOException {
        var image = reader.read(0);
        var shrink = Math.max(
                1.0,
                Math.max((double) image.getWidth() / WIDTH_STORED_MAX, (double) image.getHeight() / HEIGHT_STORED_MAX));
        var width = Math.max(1, (int) Math.round(image.getWidth() / shrink));
        var height = Math.max(1, (int) Math.round(image.getHeight() / shrink));
        var canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = canvas.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(image, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    private static Outcome encoded(BufferedImage canvas) throws IOException {
        var png = new ByteArrayOutputStream();
        ImageIO.write(canvas, "png", png);
        return png.size() > STORED_BYTES_MAX
                ? new Outcome.Refused(Reason.TOO_LARGE)
                : new Outcome.Made(png.toByteArray());
    }
}
