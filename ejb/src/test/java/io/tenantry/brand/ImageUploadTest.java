package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageUploadTest {
    @Test
    void scalesAWideLogoProportionally() throws IOException {
        var made = decoded(ImageUpload.of(ImageUpload.Kind.LOGO, image("png", 1_600, 400)));
        assertThat(made.getWidth()).isEqualTo(480);
        assertThat(made.getHeight()).isEqualTo(120);
    }

    @Test
    void convertsJpegLogosToPng() throws IOException {
        assertThat(decoded(ImageUpload.of(ImageUpload.Kind.LOGO, image("jpeg", 100, 100)))
                        .getWidth())
                .isEqualTo(100);
    }

    @Test
    void discardsTrailingData() throws IOException {
        var upload = image("png", 10, 10);
        var polyglot = Arrays.copyOf(upload, upload.length + 40);
        var tail = "<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tail, 0, polyglot, upload.length, tail.length);
        var png = ((ImageUpload.Outcome.Accepted) ImageUpload.of(ImageUpload.Kind.LOGO, polyglot)).content();
        assertThat(new String(png, StandardCharsets.ISO_8859_1)).doesNotContain("script");
    }

    @Test
    void refusesSvgIcons() {
        assertThat(ImageUpload.of(ImageUpload.Kind.ICON, svg("<circle r='3'/>")))
                .isEqualTo(new ImageUpload.Outcome.Refused(ImageUpload.Reason.FORMAT, "SVG"));
    }

    @Test
    void refusesNonSquareIcons() throws IOException {
        assertThat(ImageUpload.of(ImageUpload.Kind.ICON, image("png", 300, 100)))
                .isEqualTo(new ImageUpload.Outcome.Refused(ImageUpload.Reason.NOT_SQUARE));
    }

    @Test
    void keepsABackdropAsJpeg() throws IOException {
        var made =
                (ImageUpload.Outcome.Accepted) ImageUpload.of(ImageUpload.Kind.BACKDROP, image("jpeg", 2_000, 1_000));
        assertThat(made.mediaType()).isEqualTo("image/jpeg");
        assertThat(made.width()).isEqualTo(1_600);
        assertThat(made.height()).isEqualTo(800);
    }

    @Test
    void refusesADamagedImage() throws IOException {
        assertThat(ImageUpload.of(ImageUpload.Kind.LOGO, Arrays.copyOf(image("png", 300, 300), 60)))
                .isEqualTo(new ImageUpload.Outcome.Refused(ImageUpload.Reason.NOT_AN_IMAGE));
    }

    @Test
    void refusesTooManyPixels() throws IOException {
        assertThat(ImageUpload.of(ImageUpload.Kind.LOGO, image("png", 5_000, 1)))
                .isEqualTo(new ImageUpload.Outcome.Refused(ImageUpload.Reason.TOO_MANY_PIXELS));
    }

    @Test
    void refusesALargeUpload() {
        assertThat(ImageUpload.of(ImageUpload.Kind.LOGO, new byte[ImageUpload.UPLOAD_BYTES_MAX + 1]))
                .isEqualTo(new ImageUpload.Outcome.Refused(ImageUpload.Reason.TOO_LARGE));
    }

    private static byte[] svg(String content) {
        return ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'>" + content + "</svg>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static BufferedImage decoded(ImageUpload.Outcome outcome) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(((ImageUpload.Outcome.Accepted) outcome).content()));
    }

    private static byte[] image(String format, int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }
}
