package io.tenantry.provider.sandbox.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.provider.sandbox.shell.Box;
import io.tenantry.time.MovableClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SheetTest {
    private static final int ENTER = 0xff0d;
    private static final int BACK = 0xff08;

    private final Sheet sheet = new Sheet();

    @Test
    void onlyRowsThatHaveChangedAreDrawnAgain() {
        assertThat(sheet.changed()).hasSize(Sheet.ROWS);
        assertThat(sheet.isChanged()).isFalse();
        sheet.write("ab");
        assertThat(sheet.changed()).containsExactly(0);
        sheet.write("\nc");
        assertThat(sheet.changed()).containsExactly(0, 1);
        sheet.back();
        assertThat(sheet.changed()).containsExactly(1);
        assertThat(row(sheet, 1)).isEmpty();
        sheet.back();
        assertThat(sheet.isChanged()).isFalse();
    }

    @Test
    void whatIsTooLongGoesOnBelowAndWhatIsTooMuchGoesUp() {
        sheet.write("x".repeat(Sheet.COLUMNS));
        assertThat(row(sheet, 0)).hasSize(Sheet.COLUMNS - 1);
        assertThat(row(sheet, 1)).isEqualTo("x");
        sheet.write("\n".repeat(Sheet.ROWS) + "last");
        assertThat(row(sheet, Sheet.ROWS - 1)).isEqualTo("last");
        assertThat(sheet.isCursor(Sheet.ROWS - 1, 4)).isTrue();
    }

    @Test
    void lettersAreDrawnAsPeopleKnowThem() {
        assertThat(drawn('L')).containsExactly("#....", "#....", "#....", "#....", "#....", "#....", "#####");
        assertThat(drawn('T')).startsWith("#####", "..#..").endsWith("..#..");
        assertThat(drawn('\u00e4')).startsWith("#####").endsWith("#####");
        assertThat(drawn(' ')).containsOnly(".....");
    }

    @Test
    void whatIsTypedAppearsAndAPasswordDoesNot() {
        var desk =
                new Desk(new Box("web-7", "Debian", "127.0.0.9", 2, 2_048, 40, Instant.EPOCH, 7, new MovableClock()));
        assertThat(last(desk)).isEqualTo("web-7 login:");
        type(desk, "rook");
        desk.press(BACK);
        type(desk, "t");
        assertThat(last(desk)).isEqualTo("web-7 login: root");
        desk.press(ENTER);
        type(desk, "hunter2");
        assertThat(last(desk)).isEqualTo("Password:");
        desk.press(ENTER);
        assertThat(text(desk)).contains("Login incorrect").doesNotContain("hunter2");
        assertThat(last(desk)).isEqualTo("web-7 login:");
        type(desk, "y".repeat(100));
        assertThat(last(desk)).hasSize("web-7 login: ".length() + 32);
    }

    private static void type(Desk desk, String text) {
        text.chars().forEach(desk::press);
    }

    private static String text(Desk desk) {
        var text = new StringBuilder();
        for (var i = 0; i < Sheet.ROWS; i++) {
            text.append(row(desk.sheet(), i)).append('\n');
        }
        return text.toString();
    }

    private static String last(Desk desk) {
        var lines = text(desk).stripTrailing().split("\n", -1);
        return lines[lines.length - 1];
    }

    private static String row(Sheet sheet, int row) {
        var text = new StringBuilder();
        for (var i = 0; i < Sheet.COLUMNS; i++) {
            text.append(sheet.at(row, i));
        }
        return text.toString().stripTrailing();
    }

    private static String[] drawn(char letter) {
        var rows = new String[Letters.HEIGHT];
        for (var y = 0; y < Letters.HEIGHT; y++) {
            var row = new StringBuilder();
            for (var x = 0; x < Letters.WIDTH; x++) {
                row.append(Letters.isDot(letter, x, y) ? '#' : '.');
            }
            rows[y] = row.toString();
        }
        return rows;
    }
}
