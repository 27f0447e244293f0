package io.tenantry.cloud.provider.sandbox.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The output of a session. For a terminal, it knows the size, which may change at any time, and uses terminal line endings; without a terminal,
 * bytes are passed on unchanged.
 */
public final class TerminalOutput {
    /** Clears a terminal. */
    static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

    private static final int COLUMNS_USUAL = 80;
    private static final int ROWS_USUAL = 24;
    private static final int SIZE_MIN = 4;
    private static final int SIZE_MAX = 1_000;

    private final OutputStream out;
    private final boolean isTerminal;
    private volatile int columns = COLUMNS_USUAL;
    private volatile int rows = ROWS_USUAL;

    /** Creates the output of a terminal, or of a session without one. */
    public TerminalOutput(OutputStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** Sets the size of the terminal window; impossible sizes are ignored. */
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

    /** @throws UncheckedIOException once the client has disconnected */
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
