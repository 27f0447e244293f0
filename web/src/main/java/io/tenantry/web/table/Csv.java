package io.tenantry.web.table;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows of comma-separated values (RFC 4180). Texts that a spreadsheet would take for a formula are made texts again; amounts
 * are ours, so their minus stays a minus.
 */
public final class Csv {
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].*", Pattern.DOTALL);
    private static final Pattern SPECIAL = Pattern.compile("[,\"\\r\\n]");

    private Csv() {}

    /** A row of finished cells. */
    public static String row(String... cells) {
        return Arrays.stream(cells).map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** A text somebody wrote, as a cell. */
    public static String text(String text) {
        return FORMULA.matcher(text).matches() ? "'" + text : text;
    }

    private static String quoted(String cell) {
        return SPECIAL.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
