package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.ImageUpload.Kind;
import io.tenantry.brand.ImageUpload.Outcome;
import io.tenantry.brand.ImageUpload.Reason;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixel images as written by cameras and programs, and malformed ones. */
class RasterTest {
    @Test
    void checksTheHeaderBeforeDecoding() throws IOException {
        var png = png(new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB));
        assertThat(reason(withHeader(png, 4_097, 1, 8, 6))).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(withHeader(png, 1_000_000_000, 1_000_000_000, 8, 6))).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(withHeader(png, 4_096, 4_096, 16, 6))).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(withHeader(png, 0, 8, 8, 6))).isEqualTo(Reason.NOT_AN_IMAGE);
        assertThat(reason(withHeader(png, -1, 8, 8, 6))).isEqualTo(Reason.NOT_AN_IMAGE);
        var jpeg = jpeg(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
        var frame = frameOffset(jpeg);
        assertThat(reason(changed(jpeg, frame + 5, 0x7f))).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(reason(changed(jpeg, frame + 4, 12))).isEqualTo(Reason.COLOURS);
        assertThat(reason(changed(jpeg, frame + 9, 4))).isEqualTo(Reason.COLOURS);
    }

    @Test
    void refusesAnimatedAndTruncatedImages() throws IOException {
        var png = png(noise());
        var animated = new ByteArrayOutputStream();
        animated.write(png, 0, 33);
        animated.write(chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0}));
        animated.write(png, 33, png.length - 33);
        assertThat(reason(animated.toByteArray())).isEqualTo(Reason.ANIMATED);
        var jpeg = jpeg(noise());
        for (var part = 1; part < 10; part++) {
            assertThat(reason(Arrays.copyOf(png, png.length * part / 10))).isEqualTo(Reason.NOT_AN_IMAGE);
            assertThat(reason(Arrays.copyOf(jpeg, jpeg.length * part / 10))).isEqualTo(Reason.NOT_AN_IMAGE);
        }
    }

    /** The content decides, not the name of the file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GIF89a.......|GIF",
                "GIF87a.......|GIF",
                "RIFF....WEBPVP8X|WebP",
                "....ftypavif....|AVIF",
                "....ftypavis....|AVIF",
                "....ftypheic....|HEIC",
                "....ftypmif1....|HEIC",
                "BM....\\0\\0\\0\\0|BMP",
                "II*\\0........|TIFF",
                "MM\\0*........|TIFF",
                "\\0\\0\\1\\0........|ICO",
                "8BPS........|Photoshop",
                "%PDF-1.7....|PDF",
                "%!PS-Adobe-3.0 EPSF-3.0|PostScript",
                "PK\\3\\4........|ZIP",
                "<svg xmlns='http://www.w3.org/2000/svg'/>|SVG",
                "<!DOCTYPE html><html>|HTML",
            })
    void namesTheFormatOfOtherFiles(String head, String format) {
        var file = head.replace("\\0", "\0")
                .replace("\\1", "\1")
                .replace("\\3", "\3")
                .replace("\\4", "\4");
        assertThat(ImageUpload.of(Kind.ICON, file.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new Outcome.Refused(Reason.FORMAT, format));
    }

    @Test
    void refusesEmptyFiles() {
        for (var kind : Kind.values()) {
            assertThat(ImageUpload.of(kind, new byte[0])).isEqualTo(new Outcome.Refused(Reason.NO_CONTENT));
        }
    }

    @Test
    void refusesTransparentImages() throws IOException {
        var clear = new BufferedImage(80, 40, BufferedImage.TYPE_INT_ARGB);
        var faint = filled(BufferedImage.TYPE_INT_ARGB, 0x08000000);
        for (var kind : new Kind[] {Kind.LOGO, Kind.LOGO_DARK, Kind.BACKDROP}) {
            assertThat(ImageUpload.of(kind, png(clear))).as("%s", kind).isEqualTo(new Outcome.Refused(Reason.EMPTY));
            assertThat(ImageUpload.of(kind, png(faint))).as("%s", kind).isEqualTo(new Outcome.Refused(Reason.EMPTY));
        }
        assertThat(ImageUpload.of(Kind.ICON, png(clear.getSubimage(0, 0, 40, 40))))
                .isEqualTo(new Outcome.Refused(Reason.EMPTY));
        clear.setRGB(40, 20, 0xff000000);
        assertThat(ImageUpload.of(Kind.LOGO, png(clear))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void refusesLogosInTheColorOfTheirBackground() throws IOException {
        assertThat(reason(png(filled(BufferedImage.TYPE_INT_RGB, 0xffffff)))).isEqualTo(Reason.EMPTY);
        assertThat(reason(png(filled(BufferedImage.TYPE_INT_ARGB, 0x80ffffff)))).isEqualTo(Reason.EMPTY);
        assertThat(reason(jpeg(filled(BufferedImage.TYPE_INT_RGB, 0xfefefe)))).isEqualTo(Reason.EMPTY);
        assertThat(ImageUpload.of(Kind.LOGO_DARK, png(filled(BufferedImage.TYPE_INT_RGB, 0))))
                .isEqualTo(new Outcome.Refused(Reason.EMPTY));
        assertThat(ImageUpload.of(Kind.LOGO, png(filled(BufferedImage.TYPE_INT_RGB, 0))))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(ImageUpload.of(Kind.LOGO_DARK, png(filled(BufferedImage.TYPE_INT_RGB, 0xffffff))))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(ImageUpload.of(Kind.BACKDROP, png(filled(BufferedImage.TYPE_INT_RGB, 0xffffff))))
                .isInstanceOf(Outcome.Accepted.class);
        var white = filled(BufferedImage.TYPE_INT_RGB, 0xffffff);
        white.setRGB(40, 20, 0xcc0000);
        assertThat(ImageUpload.of(Kind.LOGO, png(white))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void refusesDrawingsInTheColorOfTheirBackground() {
        var flat =
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path fill='#fff' d='M0 0h9v9H0z'/></svg>";
        var drawing = flat.getBytes(StandardCharsets.UTF_8);
        assertThat(ImageUpload.of(Kind.LOGO, drawing)).isEqualTo(new Outcome.Refused(Reason.EMPTY));
        assertThat(ImageUpload.of(Kind.LOGO_DARK, drawing)).isInstanceOf(Outcome.Accepted.class);
    }

    private static BufferedImage filled(int type, int color) {
        var image = new BufferedImage(80, 40, type);
        for (var at = 0; at < 80 * 40; at++) {
            image.setRGB(at % 80, at / 80, color);
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"})
    void rotatesAPhotographByItsExifOrientation(int orientation, int right, int bottom) throws IOException {
        var photo = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
        var graphics = photo.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 80, 40);
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 20, 20);
        graphics.dispose();

        var made = decoded(withExif(jpeg(photo), orientation));

        var isTurned = orientation >= 5;
        assertThat(made.getWidth()).isEqualTo(isTurned ? 40 : 80);
        assertThat(made.getHeight()).isEqualTo(isTurned ? 80 : 40);
        var corner = made.getRGB(right * (made.getWidth() - 10) + 5, bottom * (made.getHeight() - 10) + 5);
        assertThat(corner >> 16 & 0xff).isGreaterThan(200);
        assertThat(corner & 0xff).as("blue of the red corner").isLessThan(60);
    }

    @Test
    void discardsMetadata() throws IOException {
        var photo = withExif(jpeg(noise()), 1);
        var content = ((Outcome.Accepted) ImageUpload.of(Kind.BACKDROP, photo)).content();
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains("GPS 52.5N");
        assertThat(new String(content, StandardCharsets.ISO_8859_1)).doesNotContain("GPS", "Exif");
        var png = new ByteArrayOutputStream();
        var plain = png(noise());
        png.write(plain, 0, 33);
        png.write(chunk("tEXt", "Comment\0<script>evil()</script>".getBytes(StandardCharsets.ISO_8859_1)));
        png.write(plain, 33, plain.length - 33);
        png.write("<html><script>evil()</script>".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new String(
                        ((Outcome.Accepted) ImageUpload.of(Kind.LOGO, png.toByteArray())).content(),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("evil");
    }

    @Test
    void acceptsAllPixelFormats() throws IOException {
        var grey = ImageUpload.of(Kind.LOGO, png(grey(DataBuffer.TYPE_USHORT, false, 0x8080, 0)));
        assertThat(pixel(grey)).isEqualTo(0xff808080);
        assertThat(pixel(ImageUpload.of(Kind.LOGO, png(grey(DataBuffer.TYPE_BYTE, true, 0x80, 0x40)))))
                .isEqualTo(0x40808080);
        assertThat(pixel(ImageUpload.of(Kind.LOGO, png(grey(DataBuffer.TYPE_BYTE, false, 0x80, 0)))))
                .isEqualTo(0xff808080);
        var palette = new IndexColorModel(
                1, 2, new byte[] {(byte) 0xff, 0}, new byte[] {0, 0}, new byte[] {0, 0}, new byte[] {(byte) 0x80, 0});
        assertThat(pixel(ImageUpload.of(
                        Kind.LOGO, png(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY, palette)))))
                .isEqualTo(0x80ff0000);
        var deep = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_USHORT);
        var raster = deep.createCompatibleWritableRaster(8, 8);
        for (var at = 0; at < 64; at++) {
            raster.setPixel(at % 8, at / 8, new int[] {0xcccc, 0, 0, 0xffff});
        }
        assertThat(pixel(ImageUpload.of(Kind.LOGO, png(new BufferedImage(deep, raster, false, null)))))
                .isEqualTo(0xffcc0000);
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var out = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(out)) {
            var how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(output);
            writer.write(null, new IIOImage(noise(), null, null), how);
        }
        assertThat(ImageUpload.of(Kind.LOGO, out.toByteArray()))
                .as("progressive")
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void preservesThinLinesWhenScalingDown() throws IOException {
        var lines = new BufferedImage(4_000, 400, BufferedImage.TYPE_INT_ARGB);
        var graphics = lines.createGraphics();
        graphics.setColor(Color.BLACK);
        for (var x = 0; x < 4_000; x += 16) {
            graphics.fillRect(x, 0, 4, 400);
        }
        graphics.dispose();
        var made = decoded(png(lines));
        for (var x = 10; x < 470; x++) {
            var opacity = 0;
            for (var next = x; next < x + 4; next++) {
                opacity += made.getRGB(next, 20) >>> 24;
            }
            assertThat(opacity / 4).as("opacity from %d", x).isBetween(40, 90);
        }
        var icon = ImageIO.read(new ByteArrayInputStream(Icon.of(png(lines.getSubimage(0, 0, 400, 400)), 16)));
        for (var x = 1; x < 15; x++) {
            assertThat(icon.getRGB(x, 8) >>> 24)
                    .as("opacity of the icon at %d", x)
                    .isBetween(40, 90);
        }
    }

    @Test
    void refusesAPhotographWithMissingData() throws IOException {
        var jpeg = jpeg(noise());
        for (var part = 5; part < 10; part++) {
            var cut = Arrays.copyOf(jpeg, jpeg.length * part / 10);
            cut[cut.length - 2] = (byte) 0xff;
            cut[cut.length - 1] = (byte) 0xd9;
            assertThat(reason(cut)).as("%d tenths", part).isEqualTo(Reason.NOT_AN_IMAGE);
        }
    }

    @Test
    void keepsTransparencyOfBackdrops() throws IOException {
        var half = new BufferedImage(80, 40, BufferedImage.TYPE_INT_ARGB);
        for (var at = 0; at < 40 * 40; at++) {
            half.setRGB(at % 40, at / 40, 0xffcc0000);
        }
        var made = (Outcome.Accepted) ImageUpload.of(Kind.BACKDROP, png(half));
        assertThat(made.mediaType()).isEqualTo("image/png");
        var image = ImageIO.read(new ByteArrayInputStream(made.content()));
        assertThat(image.getRGB(10, 20)).isEqualTo(0xffcc0000);
        assertThat(image.getRGB(70, 20)).isZero();
        var whole = new BufferedImage(80, 40, BufferedImage.TYPE_INT_ARGB);
        for (var at = 0; at < 80 * 40; at++) {
            whole.setRGB(at % 80, at / 80, 0xffcc0000);
        }
        assertThat(((Outcome.Accepted) ImageUpload.of(Kind.BACKDROP, png(whole))).mediaType())
                .isEqualTo("image/jpeg");
    }

    @Test
    @Timeout(60)
    void survivesRandomlyCorruptedFiles() throws IOException {
        var random = new Random(11);
        for (var file : new byte[][] {png(noise()), jpeg(noise()), withExif(jpeg(noise()), 6)}) {
            for (var round = 0; round < 300; round++) {
                var broken = file.clone();
                for (var change = 0; change < 1 + random.nextInt(4); change++) {
                    broken[random.nextInt(Math.min(broken.length, 300))] = (byte) random.nextInt(256);
                }
                assertThat(ImageUpload.of(Kind.LOGO, broken)).isNotNull();
            }
        }
    }

    private static Reason reason(byte[] upload) {
        return ((Outcome.Refused) ImageUpload.of(Kind.LOGO, upload)).reason();
    }

    private static BufferedImage decoded(byte[] upload) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(((Outcome.Accepted) ImageUpload.of(Kind.LOGO, upload)).content()));
    }

    private static int pixel(Outcome outcome) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(((Outcome.Accepted) outcome).content()))
                .getRGB(4, 4);
    }

    private static BufferedImage noise() {
        var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        var random = new Random(7);
        for (var at = 0; at < 64 * 48; at++) {
            image.setRGB(at % 64, at / 64, random.nextInt());
        }
        return image;
    }

    private static BufferedImage grey(int type, boolean hasOpacity, int level, int opacity) {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                hasOpacity,
                false,
                hasOpacity ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                type);
        var raster = Raster.createInterleavedRaster(type, 8, 8, hasOpacity ? 2 : 1, null);
        for (var at = 0; at < 64; at++) {
            raster.setPixel(at % 8, at / 8, new int[] {level, opacity});
        }
        return new BufferedImage(model, raster, false, null);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "png", out)).isTrue();
        return out.toByteArray();
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpeg", out)).isTrue();
        return out.toByteArray();
    }

    /** Returns the file with another header and its checksum. */
    private static byte[] withHeader(byte[] png, int width, int height, int bits, int colours) {
        var changed = png.clone();
        var bytes = ByteBuffer.wrap(changed);
        bytes.putInt(16, width).putInt(20, height).put(24, (byte) bits).put(25, (byte) colours);
        var sum = new CRC32();
        sum.update(changed, 12, 17);
        bytes.putInt(29, (int) sum.getValue());
        return changed;
    }

    private static byte[] chunk(String name, byte[] content) {
        var chunk = ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name.getBytes(StandardCharsets.ISO_8859_1))
                .put(content);
        var sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) sum.getValue()).array();
    }

    private static int frameOffset(byte[] jpeg) {
        for (var at = 0; ; at++) {
            if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) 0xc0) {
                return at;
            }
        }
    }

    private static byte[] changed(byte[] file, int at, int value) {
        var changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** Returns the photograph with a camera's EXIF data: orientation and location. */
    private static byte[] withExif(byte[] jpeg, int orientation) throws IOException {
        var note = "GPS 52.5N".getBytes(StandardCharsets.ISO_8859_1);
        var tiff = ByteBuffer.allocate(26 + note.length)
                .put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1})
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .put(note);
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(0xff);
        out.write(0xe1);
        var length = 2 + 6 + tiff.capacity();
        out.write(length >> 8);
        out.write(length);
        out.write(new byte[] {'E', 'x', 'i', 'f', 0, 0});
        out.write(tiff.array());
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
