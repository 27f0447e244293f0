package io.tenantry.cloud.provider.sandbox.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.sandbox.shell.SimulatedHost;
import io.tenantry.kernel.time.MovableClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TextBufferTest {
    private static final int ENTER = 0xff0d;
    private static final int BACK = 0xff08;

    private final TextBuffer textBuffer = new TextBuffer();

    @Test
    void redrawsOnlyChangedRows() {
        assertThat(textBuffer.changed()).hasSize(TextBuffer.ROWS);
        assertThat(textBuffer.isChanged()).isFalse();
        textBuffer.write("ab");
        assertThat(textBuffer.changed()).containsExactly(0);
        textBuffer.write("\nc");
        assertThat(textBuffer.changed()).containsExactly(0, 1);
        textBuffer.back();
        assertThat(textBuffer.changed()).containsExactly(1);
        assertThat(row(textBuffer, 1)).isEmpty();
        textBuffer.back();
        assertThat(textBuffer.isChanged()).isFalse();
    }

    @Test
    void wrapsLongLinesAndScrolls() {
        textBuffer.write("x".repeat(TextBuffer.COLUMNS));
        assertThat(row(textBuffer, 0)).hasSize(TextBuffer.COLUMNS - 1);
        assertThat(row(textBuffer, 1)).isEqualTo("x");
        textBuffer.write("\n".repeat(TextBuffer.ROWS) + "last");
        assertThat(row(textBuffer, TextBuffer.ROWS - 1)).isEqualTo("last");
        assertThat(textBuffer.isCursor(TextBuffer.ROWS - 1, 4)).isTrue();
    }

    @Test
    void drawsLegibleCharacters() {
        assertThat(drawn('L')).containsExactly("#....", "#....", "#....", "#....", "#....", "#....", "#####");
        assertThat(drawn('T')).startsWith("#####", "..#..").endsWith("..#..");
        assertThat(drawn('\u00e4')).startsWith("#####").endsWith("#####");
        assertThat(drawn(' ')).containsOnly(".....");
    }

    @Test
    void showsTypedTextButNoPassword() {
        var loginScreen = new LoginScreen(
                new SimulatedHost("web-7", "Debian", "127.0.0.9", 2, 2_048, 40, Instant.EPOCH, 7, new MovableClock()));
        assertThat(last(loginScreen)).isEqualTo("web-7 login:");
        type(loginScreen, "rook");
        loginScreen.press(BACK);
        type(loginScreen, "t");
        assertThat(last(loginScreen)).isEqualTo("web-7 login: root");
        loginScreen.press(ENTER);
        type(loginScreen, "hunter2");
        assertThat(last(loginScreen)).isEqualTo("Password:");
        loginScreen.press(ENTER);
        assertThat(text(loginScreen)).contains("Login incorrect").doesNotContain("hunter2");
        assertThat(last(loginScreen)).isEqualTo("web-7 login:");
        type(loginScreen, "y".repeat(100));
        assertThat(last(loginScreen)).hasSize("web-7 login: ".length() + 32);
    }

    private static void type(LoginScreen loginScreen, String text) {
        text.chars().forEach(loginScreen::press);
    }

    private static String text(LoginScreen loginScreen) {
        var text = new StringBuilder();
        for (var i = 0; i < TextBuffer.ROWS; i++) {
            text.append(row(loginScreen.sheet(), i)).append('\n');
        }
        return text.toString();
    }

    private static String last(LoginScreen loginScreen) {
        var lines = text(loginScreen).stripTrailing().split("\n", -1);
        return lines[lines.length - 1];
    }

    private static String row(TextBuffer textBuffer, int row) {
        var text = new StringBuilder();
        for (var i = 0; i < TextBuffer.COLUMNS; i++) {
            text.append(textBuffer.at(row, i));
        }
        return text.toString().stripTrailing();
    }

    private static String[] drawn(char letter) {
        var rows = new String[BitmapFont.HEIGHT];
        for (var y = 0; y < BitmapFont.HEIGHT; y++) {
            var row = new StringBuilder();
            for (var x = 0; x < BitmapFont.WIDTH; x++) {
                row.append(BitmapFont.isDot(letter, x, y) ? '#' : '.');
            }
            rows[y] = row.toString();
        }
        return rows;
    }
}
