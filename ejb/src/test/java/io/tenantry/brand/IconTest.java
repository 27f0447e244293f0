package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The initial of a brand without its own icon. */
class IconTest {
    private static final int SIZE = 64;

    @ParameterizedTest
    @CsvSource({"株式会社,式", "주식회사,회", "हिन्दी,न", "ไทย,ท", "Aurora,B", "Ærø,Å", "👩‍💻 Studio,👩"})
    void drawsTheInitialInBundledFonts(String name, String other) throws IOException {
        assertThat(whitePixels(icon(name))).as(name).isBetween(60, 2_500);
        assertThat(pixels(icon(name)).equals(pixels(icon(other)))).as(name).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"हिन्दी,हि", "Ä\u0323x,Ä\u0323", "👩‍💻 Studio,👩‍💻", "🇩🇪 GmbH,🇩🇪", "Aurora,A"})
    void drawsTheWholeFirstCharacter(String name, String first) throws IOException {
        assertThat(pixels(icon(name)).equals(pixels(icon(first)))).as(name).isTrue();
    }

    @Test
    void drawsNoInitialWithoutAGlyph() throws IOException {
        assertThat(whitePixels(icon("𠮷野家"))).isZero();
    }

    @Test
    void keepsTheInitialWithinTheIcon() throws IOException {
        var image = icon("\uFDFD");
        for (var at = 0; at < SIZE; at++) {
            assertThat(isWhite(image.getRGB(1, at)) || isWhite(image.getRGB(SIZE - 2, at)))
                    .as("row %d", at)
                    .isFalse();
        }
    }

    private static BufferedImage icon(String name) throws IOException {
        var brand = Brand.of(name, Brand.TENANTRY.primary(), Brand.TENANTRY.secondary(), Brand.TENANTRY.accent());
        return ImageIO.read(new ByteArrayInputStream(Icon.of(brand, SIZE)));
    }

    private static int whitePixels(BufferedImage image) {
        return (int) pixels(image).stream().filter(IconTest::isWhite).count();
    }

    private static boolean isWhite(int pixel) {
        return pixel == 0xffffffff;
    }

    private static List<Integer> pixels(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, SIZE, SIZE, null, 0, SIZE))
                .boxed()
                .toList();
    }
}
