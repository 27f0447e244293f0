package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {
    private static final long SEED = 20_261_122;

    @Test
    void keepsRandomPalettesReadable() {
        var random = new Random(SEED);
        for (var i = 0; i < 4_000; i++) {
            assertReadable(style(any(random), any(random), any(random)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "#000000, #000000, #000000",
        "#ffffff, #ffffff, #ffffff",
        "#ffff00, #00ffff, #ff00ff",
        "#0000ff, #ff0000, #00ff00",
        "#777777, #767676, #757575",
        "#7f7f7f, #808080, #ffffff",
    })
    void keepsExtremePalettesReadable(String primary, String secondary, String neutral) {
        assertReadable(style(Colour.of(primary), Colour.of(secondary), Colour.of(neutral)));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void keepsThePrimaryColourOfPresets(Preset preset) {
        assertReadable(preset.style());
        assertThat(Palette.of(preset.style()).fill()).isEqualTo(preset.style().primary());
    }

    @Test
    void distinguishesBackgroundAndSurfaceColours() {
        var random = new Random(SEED);
        for (var i = 0; i < 1_000; i++) {
            var palette = Palette.of(style(any(random), any(random), any(random)));
            assertThat(palette.light().ground()).isNotEqualTo(palette.light().surface());
            assertThat(palette.dark().ground()).isNotEqualTo(palette.dark().surface());
            assertThat(palette.dark().surface3()).isNotEqualTo(palette.dark().surface());
        }
    }

    private static void assertReadable(BrandStyle brandStyle) {
        assertThat(Palette.of(brandStyle).pairs())
                .allSatisfy(pair -> assertThat(pair.ratio())
                        .as("%s: %s on %s, of %s", pair.what(), pair.text(), pair.ground(), brandStyle)
                        .isGreaterThanOrEqualTo(pair.least()));
    }

    private static BrandStyle style(Colour primary, Colour secondary, Colour neutral) {
        return new BrandStyle(
                primary, secondary, primary, neutral, Font.SYSTEM, 12, Density.COMFORTABLE, SignInBackground.DRAWING);
    }

    private static Colour any(Random random) {
        return new Colour(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }
}
