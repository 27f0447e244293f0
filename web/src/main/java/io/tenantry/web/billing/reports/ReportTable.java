package io.tenantry.web.billing.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a report, for pages and exports.
 *
 * @param title the message key of its title
 * @param heads the message keys of its column headers
 * @param lines the lines, each with a cell for each column
 * @param sum the last line; empty for none
 */
public record ReportTable(String title, List<String> heads, List<List<Cell>> lines, List<Cell> sum) {
    /** The maximum number of lines on a page; an export contains all. */
    public static final int LINES_SHOWN = 50;

    public ReportTable {
        heads = List.copyOf(heads);
        lines = List.copyOf(lines);
        sum = List.copyOf(sum);
    }

    /**
     * A cell of a line.
     *
     * @param value for an export: text or number, or null
     * @param text for a page
     * @param exact the tooltip; empty for none
     * @param href the link; empty for none
     */
    public record Cell(@Nullable Object value, String text, String exact, String href) {
        /** Whether the cell is a number. */
        public boolean isFigure() {
            return value instanceof Number;
        }

        /** Whether the cell is a negative number. */
        public boolean isNegative() {
            return text.startsWith("-") || text.startsWith("−");
        }
    }

    /** Returns whether a column contains numbers. */
    public boolean isFigures(int column) {
        return lines.stream().anyMatch(line -> line.get(column).isFigure());
    }

    /** Returns the lines that a page shows. */
    public List<List<Cell>> getShown() {
        return lines.subList(0, Math.min(lines.size(), LINES_SHOWN));
    }

    /** Whether the table has more lines than a page shows. */
    public boolean isCut() {
        return lines.size() > LINES_SHOWN;
    }
}
