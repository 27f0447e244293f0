package io.tenantry.cloud.provider.sandbox.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PixelFormatTest {
    @Test
    void encodesAPixelInTheRequestedFormat() throws IOException {
        assertThat(encodedPixel("20180001" + "00ff00ff00ff" + "100800")).isEqualTo("cccccc00");
        assertThat(encodedPixel("20180101" + "00ff00ff00ff" + "100800")).isEqualTo("00cccccc");
        assertThat(encodedPixel("20180001" + "00ff00ff00ff" + "000810")).isEqualTo("cccccc00");
        assertThat(encodedPixel("10100101" + "001f003f001f" + "0b0500")).isEqualTo("c658");
        assertThat(encodedPixel("08080001" + "000700070003" + "000306")).isEqualTo("ad");
    }

    @Test
    void refusesUnsupportedFormats() {
        assertThatThrownBy(() -> encodedPixel("08080000" + "000000000000" + "000000"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> encodedPixel("18180001" + "00ff00ff00ff" + "100800"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void encodesAllPixelsOfARow() throws IOException {
        var textBuffer = new TextBuffer();
        textBuffer.write("L");
        var row = PixelFormat.of(PixelFormat.USUAL).row(textBuffer, 0);
        assertThat(row).hasSize(PixelFormat.WIDTH * PixelFormat.rowHeight() * 4);
        // The upper left corner of an L is drawn, and the character after the last is not.
        assertThat(row[0]).isEqualTo((byte) 0xcc);
        assertThat(row[4 * (PixelFormat.WIDTH - 1)]).isZero();
    }

    private static String encodedPixel(String format) throws IOException {
        return HexFormat.of()
                .formatHex(PixelFormat.of(HexFormat.of().parseHex(format + "000000"))
                        .light());
    }
}
