package io.tenantry.brand;

import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The header of a PNG or JPEG file, read from its chunks or segments without decoding anything.
 *
 * @param format {@code png} or {@code jpeg}
 * @param bits per pixel, when decoded
 * @param isOfScreen whether its color space is gray or RGB, with at most eight bits per component in a JPEG
 * @param orientation how it must be rotated: 1 to 8, as in Exif
 */
record RasterHead(
        String format, int width, int height, int bits, boolean isOfScreen, boolean isAnimated, int orientation) {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int CHUNK_FRAME = 12;
    private static final int CHUNKS_MAX = 10_000;
    private static final int SCANS_MAX = 64;
    private static final int UPRIGHT = 1;
    private static final int FLIPPED_MAX = 8;
    private static final int TURNED_MIN = 5;
    private static final int TAG_ORIENTATION = 0x0112;

    /**
     * Reads a header.
     *
     * @throws IOException if it is neither format, or truncated
     */
    static RasterHead of(byte[] file) throws IOException {
        var bytes = ByteBuffer.wrap(file);
        if (file.length > PNG.length && bytes.slice(0, PNG.length).equals(ByteBuffer.wrap(PNG))) {
            return png(bytes);
        }
        if (file.length > 3 && bytes.getShort(0) == (short) 0xffd8 && file[2] == (byte) 0xff) {
            return jpeg(bytes);
        }
        throw new IOException("neither PNG nor JPEG");
    }

    long decodedBytes() {
        return (long) width * height * bits / 8;
    }

    private static RasterHead png(ByteBuffer file) throws IOException {
        var at = PNG.length;
        if (!"IHDR".equals(name(file, at)) || file.getInt(at) != 13) {
            throw new IOException("no header");
        }
        var samples = switch (file.get(at + 17)) {
            case 0 -> 1;
            case 2 -> 3;
            // A palette is decoded to colors with opacity.
            case 3 -> 4;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw new IOException("unknown color type");
        };
        var isAnimated = false;
        for (var chunks = 0; chunks < CHUNKS_MAX; chunks++) {
            var name = name(file, at);
            isAnimated |= "acTL".equals(name);
            if ("IEND".equals(name)) {
                return new RasterHead(
                        "png",
                        positive(file.getInt(PNG.length + 8)),
                        positive(file.getInt(PNG.length + 12)),
                        samples * Math.max(8, file.get(PNG.length + 16)),
                        true,
                        isAnimated,
                        UPRIGHT);
            }
            at = following(file, at);
        }
        throw new IOException("too many chunks");
    }

    private static String name(ByteBuffer file, int at) {
        var name = new byte[4];
        file.get(at + 4, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static RasterHead jpeg(ByteBuffer file) throws IOException {
        var orientation = UPRIGHT;
        for (var at = 2; ; ) {
            if (file.get(at) != (byte) 0xff) {
                throw new IOException("no segment");
            }
            var marker = file.get(at + 1) & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            var length = file.getShort(at + 2) & 0xffff;
            if (marker == 0xe1) {
                orientation = orientation(file.slice(at + 4, length - 2), orientation);
            }
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                requireEnd(file, at);
                var components = file.get(at + 9);
                var isOfScreen = file.get(at + 4) == 8 && (components == 1 || components == 3);
                return new RasterHead(
                        "jpeg",
                        positive(file.getShort(at + 7) & 0xffff),
                        positive(file.getShort(at + 5) & 0xffff),
                        components * Math.max(8, file.get(at + 4)),
                        isOfScreen,
                        false,
                        orientation);
            }
            if (marker == 0xda || marker == 0xd9 || length < 2) {
                throw new IOException("no frame");
            }
            at += 2 + length;
        }
    }

    /** Requires a scan and an end after the header, and no more scans than programs write: each is as much work as the whole picture. */
    private static void requireEnd(ByteBuffer file, int from) throws IOException {
        var scans = 0;
        var isEnded = false;
        for (var at = from; at + 1 < file.limit(); at++) {
            if (file.get(at) == (byte) 0xff) {
                var marker = file.get(at + 1) & 0xff;
                scans += marker == 0xda ? 1 : 0;
                isEnded |= marker == 0xd9 && scans > 0;
            }
        }
        if (scans == 0 || scans > SCANS_MAX || !isEnded) {
            throw new IOException("truncated");
        }
    }

    /** Reads the orientation of an Exif segment; unreadable data is skipped, since the picture is complete without it. */
    private static int orientation(ByteBuffer segment, int known) {
        if (segment.limit() < 14 || segment.getInt(0) != 0x45786966) {
            return known;
        }
        var tiff = segment.slice(6, segment.limit() - 6);
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        var directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return known;
        }
        var entries = tiff.getShort(directory) & 0xffff;
        for (var entry = 0; entry < entries; entry++) {
            var at = directory + 2 + entry * 12;
            if (at + 12 > tiff.limit()) {
                break;
            }
            if ((tiff.getShort(at) & 0xffff) == TAG_ORIENTATION) {
                var value = tiff.getShort(at + 8);
                return value >= UPRIGHT && value <= FLIPPED_MAX ? value : known;
            }
        }
        return known;
    }

    /** Returns the picture in its intended orientation. */
    BufferedImage upright(BufferedImage image) {
        if (orientation == UPRIGHT) {
            return image;
        }
        var w = image.getWidth();
        var h = image.getHeight();
        var turn = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            default -> new AffineTransform(0, -1, 1, 0, 0, w);
        };
        var isTurned = orientation >= TURNED_MIN;
        var upright = new BufferedImage(isTurned ? h : w, isTurned ? w : h, BufferedImage.TYPE_INT_RGB);
        var graphics = upright.createGraphics();
        try {
            graphics.drawImage(image, new AffineTransformOp(turn, AffineTransformOp.TYPE_NEAREST_NEIGHBOR), 0, 0);
        } finally {
            graphics.dispose();
        }
        return upright;
    }

    private static int positive(int side) throws IOException {
        if (side <= 0) {
            throw new IOException("no size");
        }
        return side;
    }

    private static int following(ByteBuffer file, int at) throws IOException {
        var length = file.getInt(at);
        if (length < 0 || length > file.limit()) {
            throw new IOException("no length");
        }
        return at + CHUNK_FRAME + length;
    }
}
