package io.tenantry.cloud.provider.sandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input at a terminal. */
class ShellSessionTest {
    private static final String LEFT = "\u001b[D";
    private static final String RIGHT = "\u001b[C";
    private static final String UP = "\u001b[A";
    private static final String DOWN = "\u001b[B";

    private final Shells shell = new Shells();

    @ParameterizedTest
    @CsvSource({
        "bye<, by",
        "hlo[e, hleo",
        "abc[[[]X, aXbc",
        "abc^Ax, xabc",
        "abc^Ax^Ey, xabcy",
        "abc[[^K, a",
        "abc[[^U, bc",
        "one two^W, one",
        "abc[[^D, ac",
        "abc^Lx, abcx",
        "grüße<, grüß",
        "a😀b[[<, 😀b",
    })
    void editsALine(String keys, String line) {
        assertThat(editedLine(keys)).isEqualTo(line);
    }

    @Test
    void recallsLinesWithTheArrowKeys() {
        var screen = shell.typed(80, "echo one\recho two\r" + UP + UP + "x\r" + UP + UP + DOWN + DOWN + "echo last\r");
        assertThat(screen).contains("\r\nonex\r\n").contains("\r\nlast\r\n");
    }

    @Test
    void restoresAnUnfinishedLineBelowTheHistory() {
        assertThat(shell.typed(80, "echo one\recho be" + UP + DOWN + "gun\r")).contains("\r\nbegun\r\n");
    }

    @Test
    void discardsTheLineOnInterrupt() {
        assertThat(shell.typed(80, "echo one\u0003echo two\r"))
                .contains("^C")
                .contains("\r\ntwo\r\n")
                .doesNotContain("\r\none");
    }

    @Test
    void treatsCarriageReturnAndNewlineAsOneEnter() {
        assertThat(shell.typed(80, "echo a\r\n").split("root@web-1:~# ", -1)).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void scrollsALongLineWithinItsRow() {
        var screen = shell.typed(40, "echo " + "x".repeat(200) + "end\r");
        var drawn = Arrays.stream(screen.split("\r", -1)).filter(row -> row.startsWith("root@"));
        assertThat(drawn)
                .allMatch(row -> row.replaceAll("\u001b\\[[0-9]*[A-Z]", "").length() <= 40);
        assertThat(screen).contains("x".repeat(200) + "end\r\n");
    }

    @Test
    void usesADefaultForInvalidWindowSizes() {
        assertThat(shell.typed(0, "echo a\r")).contains("\r\na\r\n");
        assertThat(shell.typed(-5, "echo a\r")).contains("\r\na\r\n");
        assertThat(shell.typed(1, "echo a\r")).contains("\r\na\r\n");
        assertThat(shell.typed(Integer.MAX_VALUE, "echo a\r")).contains("\r\na\r\n");
    }

    @Test
    void survivesGarbageInput() {
        var garbage = new byte[10_000];
        for (var i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) (i * 7 + i / 256);
        }
        assertThat(shell.typed(80, garbage)).isNotEmpty();
        assertThat(shell.typed(80, "\u001b[" + "1;".repeat(1_000) + "A\u0003echo fine\r"))
                .contains("\r\nfine\r\n");
        assertThat(shell.typed(80, "\u001b")).isNotEmpty();
        assertThat(shell.typed(80, "x".repeat(100_000) + "\u0003echo fine\r")).contains("\r\nfine\r\n");
    }

    @Test
    void ignoresIncompleteEscapeSequences() {
        for (var half : new String[] {"\u001b", "\u001b[", "\u001b[1;", "\u001bO"}) {
            assertThat(shell.typed(80, half + "\u0003echo fine\r")).contains("\r\nfine\r\n");
        }
        assertThat(shell.typed(80, new byte[] {(byte) 0xf0, 3, 'i', 'd', '\r'})).contains("uid=0(root)");
        assertThat(shell.typed(80, new byte[] {(byte) 0xc3, '\r'})).endsWith("~# \u001b[K\r\n");
    }

    @Test
    void endsTopOnQ() {
        assertThat(shell.typed(80, "top\rqecho after\r"))
                .contains("top - 11:35:00")
                .contains("\r\nafter\r\n");
    }

    @Test
    void savesFilesAfterEachChange() {
        shell.typed(80, "ls\r");
        var before = shell.saves();
        shell.typed(80, "touch a\rls\rtouch b\r");
        assertThat(shell.saves() - before).isEqualTo(2);
    }

    @Test
    void servesAProgramWithoutPromptAndEcho() {
        assertThat(shell.piped("echo one\necho two")).isEqualTo("one\ntwo\n");
        assertThat(shell.piped("exit\necho two\n")).isEmpty();
        assertThat(shell.piped("")).isEmpty();
    }

    /** Returns the echo of a line with keys in short form: {@code [ ] <} for left, right and backspace, {@code ^} for control. */
    private String editedLine(String keys) {
        var typed = new StringBuilder();
        for (var i = 0; i < keys.length(); i++) {
            var key = keys.charAt(i);
            switch (key) {
                case '[' -> typed.append(LEFT);
                case ']' -> typed.append(RIGHT);
                case '<' -> typed.append((char) 127);
                case '^' -> typed.append((char) (keys.charAt(++i) - '@'));
                default -> typed.append(key);
            }
        }
        var screen = shell.typed(80, typed + "\r");
        var end = screen.indexOf("\r\nsh: ");
        var name = screen.substring(end + "\r\nsh: ".length());
        return name.substring(0, name.indexOf(": command not found"));
    }
}
