package io.tenantry.cloud.provider.sandbox.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a visitor sees. Of a terminal it knows the size, which may change at any time, and it ends lines as terminals want it; a visitor
 * without one gets bytes as they are.
 */
public final class TerminalOutput {
    /** Empties a terminal. */
    static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

    private static final int COLUMNS_USUAL = 80;
    private static final int ROWS_USUAL = 24;
    private static final int SIZE_MIN = 4;
    private static final int SIZE_MAX = 1_000;

    private final OutputStream out;
    private final boolean isTerminal;
    private volatile int columns = COLUMNS_USUAL;
    private volatile int rows = ROWS_USUAL;

    /** Of a terminal, or of a visitor without one. */
    public TerminalOutput(OutputStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** The visitor's window is of this size now; what no window has is left aside. */
    public void resize(int newColumns, int newRows) {
        columns = newColumns <= 0 ? COLUMNS_USUAL : Math.max(SIZE_MIN, Math.min(newColumns, SIZE_MAX));
        rows = newRows <= 0 ? ROWS_USUAL : Math.max(SIZE_MIN, Math.min(newRows, SIZE_MAX));
    }

    boolean isTerminal() {
        return isTerminal;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    void show(String text) {
        show(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws UncheckedIOException once the visitor is gone */
    void show(byte[] bytes) {
        try {
            out.write(isTerminal ? withReturns(bytes) : bytes);
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static byte[] withReturns(byte[] bytes) {
        var all = new ByteArrayOutputStream(bytes.length + 16);
        for (var one : bytes) {
            if (one == '\n') {
                all.write('\r');
            }
            all.write(one);
        }
        return all.toByteArray();
    }
}
