package io.tenantry.cloud.console;

/** Of a terminal, in letters; what no window has becomes the nearest that one has. */
public record TerminalSize(int columns, int rows) {
    private static final int COLUMNS_MAX = 1_000;
    private static final int ROWS_MAX = 500;

    public TerminalSize {
        columns = Math.max(2, Math.min(columns, COLUMNS_MAX));
        rows = Math.max(1, Math.min(rows, ROWS_MAX));
    }
}
