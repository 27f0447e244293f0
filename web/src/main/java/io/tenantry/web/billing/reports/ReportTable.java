package io.tenantry.web.billing.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a report, as a page shows it and a file has it.
 *
 * @param title the key of what it is called
 * @param heads the keys of what its columns are called
 * @param lines each with a cell for each column
 * @param sum the last line; empty for none
 */
public record ReportTable(String title, List<String> heads, List<List<Cell>> lines, List<Cell> sum) {
    /** A page shows no more lines; a file has them all. */
    public static final int LINES_SHOWN = 50;

    public ReportTable {
        heads = List.copyOf(heads);
        lines = List.copyOf(lines);
        sum = List.copyOf(sum);
    }

    /**
     * What a line says in a column.
     *
     * @param value for a file: text or number, or nothing
     * @param text for a page
     * @param exact what the pointer shows; empty for nothing more
     * @param href where it leads; empty for nowhere
     */
    public record Cell(@Nullable Object value, String text, String exact, String href) {
        /** Whether it is a number. */
        public boolean isFigure() {
            return value instanceof Number;
        }

        /** Whether it is a number below zero. */
        public boolean isNegative() {
            return text.startsWith("-") || text.startsWith("−");
        }
    }

    /** Whether a column is of numbers. */
    public boolean isFigures(int column) {
        return lines.stream().anyMatch(line -> line.get(column).isFigure());
    }

    /** The lines that a page shows. */
    public List<List<Cell>> getShown() {
        return lines.subList(0, Math.min(lines.size(), LINES_SHOWN));
    }

    /** Whether a page does not show them all. */
    public boolean isCut() {
        return lines.size() > LINES_SHOWN;
    }
}
