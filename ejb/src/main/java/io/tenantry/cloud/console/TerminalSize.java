package io.tenantry.cloud.console;

/** The size of a terminal in characters; out-of-range values are limited to the nearest possible one. */
public record TerminalSize(int columns, int rows) {
    private static final int COLUMNS_MAX = 1_000;
    private static final int ROWS_MAX = 500;

    public TerminalSize {
        columns = Math.max(2, Math.min(columns, COLUMNS_MAX));
        rows = Math.max(1, Math.min(rows, ROWS_MAX));
    }
}
