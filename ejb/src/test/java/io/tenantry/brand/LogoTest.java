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

class LogoTest {
    @Test
    void shrinksAWideLogoAndKeepsItsShape() throws IOException {
        var made = made(Logo.of(image("png", 1_600, 400)));
        assertThat(made.getWidth()).isEqualTo(480);
        assertThat(made.getHeight()).isEqualTo(120);
    }

    @Test
    void makesPngOfJpeg() throws IOException {
        assertThat(made(Logo.of(image("jpeg", 100, 100))).getWidth()).isEqualTo(100);
    }

    @Test
    void keepsNothingButThePixels() throws IOException {
        var upload = image("png", 10, 10);
        var polyglot = Arrays.copyOf(upload, upload.length + 40);
        var tail = "<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tail, 0, polyglot, upload.length, tail.length);
        var png = ((Logo.Outcome.Made) Logo.of(polyglot)).png();
        assertThat(new String(png, StandardCharsets.ISO_8859_1)).doesNotContain("script");
    }

    @Test
    void refusesSvg() {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.US_ASCII);
        assertThat(Logo.of(svg)).isEqualTo(new Logo.Outcome.Refused(Logo.Reason.NOT_AN_IMAGE));
    }

    @Test
    void refusesADamagedImage() throws IOException {
        assertThat(Logo.of(Arrays.copyOf(image("png", 300, 300), 60)))
                .isEqualTo(new Logo.Outcome.Refused(Logo.Reason.NOT_AN_IMAGE));
    }

    @Test
    void refusesAFloodOfPixels() throws IOException {
        assertThat(Logo.of(image("png", 5_000, 1))).isEqualTo(new Logo.Outcome.Refused(Logo.Reason.TOO_MANY_PIXELS));
    }

    @Test
    void refusesALargeUpload() {
        assertThat(Logo.of(new byte[Logo.UPLOAD_BYTES_MAX + 1]))
                .isEqualTo(new Logo.Outcome.Refused(Logo.Reason.TOO_LARGE));
    }

    private static BufferedImage made(Logo.Outcome outcome) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(((Logo.Outcome.Made) outcome).png()));
    }

    private static byte[] image(String format, int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }
}
