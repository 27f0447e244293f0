package io.tenantry.web.list;

import io.tenantry.text.InputText;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A writer of rows as an Excel workbook: numbers are numbers, moments are dates in the reader's zone, and a text is never a formula. */
final class XlsxWriter implements RowWriter {
    private static final String MOMENT = "yyyy-mm-dd hh:mm";
    private static final String AMOUNT = "#,##0.00######";

    /** The number of rows kept in memory before they are written. */
    private static final int ROWS = 500;

    private static final int WIDTH = 22;

    /** The maximum length of a cell in UTF-16 units. */
    private static final int CELL_LENGTH_MAX = 32_767;

    private static final int NAME_LENGTH_MAX = 31;

    /** Replaces omitted text, and characters that XML cannot represent. */
    private static final String CUT = "\u2026";

    private static final String REPLACEMENT = "\ufffd";

    /** Matches text that would be read as an escaped character: ECMA-376, part 1, 22.9.2.19. */
    private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private final Workbook book;
    private final Worksheet sheet;
    private final ZoneId zone;
    private int next;

    /**
     * Creates a workbook with one sheet.
     *
     * @param brand the application name in the file's properties
     */
    XlsxWriter(OutputStream target, String brand, String name, ZoneId zone) {
        this.book = new Workbook(target, brand, "1.0");
        this.sheet = book.newWorksheet(
                shortened(name.replaceAll("[\\[\\]*?:/\\\\]", " ").strip(), NAME_LENGTH_MAX));
        this.zone = zone;
    }

    @Override
    public void title(List<String> cells) {
        texts(cells);
    }

    @Override
    public void heads(List<String> cells) {
        for (var column = 0; column < cells.size(); column++) {
            sheet.width(column, WIDTH);
        }
        sheet.freezePane(0, next + 1);
        texts(cells);
    }

    private void texts(List<String> cells) {
        for (var column = 0; column < cells.size(); column++) {
            sheet.inlineString(next, column, text(cells.get(column)));
            sheet.style(next, column).bold().set();
        }
        next++;
    }

    @Override
    public void row(List<@Nullable Object> cells) throws IOException {
        for (var column = 0; column < cells.size(); column++) {
            cell(column, cells.get(column));
        }
        next++;
        if (next % ROWS == 0) {
            sheet.flush();
        }
    }

    private void cell(int column, @Nullable Object value) {
        if (value instanceof BigDecimal amount) {
            sheet.value(next, column, amount);
            sheet.style(next, column).format(AMOUNT).set();
        } else if (value instanceof Number number) {
            sheet.value(next, column, number);
        } else if (value instanceof Instant moment) {
            sheet.value(next, column, LocalDateTime.ofInstant(moment, zone));
            sheet.style(next, column).format(MOMENT).set();
        } else if (value != null) {
            sheet.inlineString(next, column, text(value.toString()));
        }
    }

    /** Returns a text that fits in a cell: without characters that XML cannot represent, and no longer than a cell. */
    static String text(String text) {
        var known = new StringBuilder(text.length());
        text.codePoints()
                .forEach(character -> known.append(isXml(character) ? Character.toString(character) : REPLACEMENT));
        return shortened(ESCAPE.matcher(known).replaceAll("_x005F_"), CELL_LENGTH_MAX);
    }

    /** Returns whether a character is valid in XML 1.0. */
    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= ' ' && character <= 0xd7ff)
                || (character >= 0xe000 && character <= 0xfffd)
                || character >= 0x10000;
    }

    private static String shortened(String text, int lengthMax) {
        return text.length() <= lengthMax ? text : InputText.cut(text, lengthMax - CUT.length()) + CUT;
    }

    @Override
    public void close() throws IOException {
        sheet.finish();
        book.finish();
        book.close();
    }
}
