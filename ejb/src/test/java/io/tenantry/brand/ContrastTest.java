package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContrastTest {
    @ParameterizedTest(name = "{0} on {1} is {2}:1")
    @CsvSource({
        "#000000, #ffffff, 21.0",
        "#ffffff, #ffffff, 1.0",
        "#777777, #ffffff, 4.478",
        "#767676, #ffffff, 4.542",
        "#0000ff, #ffffff, 8.592"
    })
    void matchesPublishedRatios(String one, String other, double ratio) {
        assertThat(Contrast.ratio(Colour.of(one), Colour.of(other))).isCloseTo(ratio, within(0.001));
        assertThat(Contrast.ratio(Colour.of(other), Colour.of(one))).isCloseTo(ratio, within(0.001));
    }

    @Test
    void keepsReadableColours() {
        var indigo = Colour.of("#4f46e5");
        assertThat(Contrast.readableOn(indigo, Colour.WHITE)).isEqualTo(indigo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#ffe600", "#7ef0c1", "#ffffff", "#000000", "#808080"})
    void adjustsPresetColoursToReadableText(String primary) {
        assertReadable(Colour.of(primary), Colour.of("#0891b2"));
    }

    @Test
    void adjustsRandomColoursToReadableText() {
        var random = new Random(42);
        for (var i = 0; i < 2_000; i++) {
            assertReadable(any(random), any(random));
        }
    }

    @Test
    void refusesInvalidColours() {
        assertThatThrownBy(() -> Colour.of("red;}body{display:none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("#rrggbb");
        assertThat(Colour.isColour("#12345g")).isFalse();
    }

    private static Colour any(Random random) {
        return new Colour(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    private static void assertReadable(Colour primary, Colour secondary) {
        var palette = Palette.of(Brand.of("Brand", primary, secondary, primary));
        assertThat(Contrast.ratio(palette.onFill(), palette.fill()))
                .as("%s fill", primary)
                .isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio(palette.textLight(), palette.light().ground()))
                .as("%s light", primary)
                .isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio(palette.textDark(), palette.dark().surface2()))
                .as("%s dark", primary)
                .isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio(Colour.WHITE, palette.loudFrom()))
                .as("%s loud", primary)
                .isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio(Colour.WHITE, palette.loudTo()))
                .as("%s, %s loud", primary, secondary)
                .isGreaterThanOrEqualTo(4.5);
    }
}
