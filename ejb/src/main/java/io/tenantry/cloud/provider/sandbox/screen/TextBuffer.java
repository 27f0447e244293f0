package io.tenantry.cloud.provider.sandbox.screen;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/** Rows of characters with a cursor. Tracks which rows have changed since they were drawn. */
final class TextBuffer {
    static final int COLUMNS = 53;
    static final int ROWS = 25;

    private final char[][] rows = new char[ROWS][COLUMNS];
    private final TreeSet<Integer> changed = new TreeSet<>();
    private int row;
    private int column;

    TextBuffer() {
        for (var one : rows) {
            Arrays.fill(one, ' ');
        }
        all();
    }

    /** Writes text; what does not fit into a row continues in the next. */
    void write(String text) {
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (letter == '\n') {
                next();
            } else {
                put(letter);
            }
        }
    }

    /** Removes the last character of the row. */
    void back() {
        if (column > 0) {
            column--;
            rows[row][column] = ' ';
            changed.add(row);
        }
    }

    /** Marks all rows as changed. */
    void all() {
        for (var i = 0; i < ROWS; i++) {
            changed.add(i);
        }
    }

    /** Returns the rows that have changed since the last call. */
    SortedSet<Integer> changed() {
        var now = new TreeSet<>(changed);
        changed.clear();
        return now;
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    char at(int line, int place) {
        return rows[line][place];
    }

    /** Whether the cursor is there. */
    boolean isCursor(int line, int place) {
        return line == row && place == column;
    }

    private void put(char letter) {
        if (column == COLUMNS - 1) {
            next();
        }
        rows[row][column] = letter;
        column++;
        changed.add(row);
    }

    private void next() {
        changed.add(row);
        column = 0;
        if (row < ROWS - 1) {
            row++;
            changed.add(row);
            return;
        }
        System.arraycopy(rows, 1, rows, 0, ROWS - 1);
        rows[ROWS - 1] = new char[COLUMNS];
        Arrays.fill(rows[ROWS - 1], ' ');
        all();
    }
}
