package io.tenantry.web.list;

import java.util.List;

/**
 * A part of a list that grows without end, so that it is not counted and goes on by key.
 *
 * @param rows of that part, the newest first
 * @param next the key behind which older ones begin; empty if there are none
 */
public record KeysetSlice<T>(List<T> rows, String next) {
    public KeysetSlice {
        rows = List.copyOf(rows);
    }

    /** Nothing. */
    public static <T> KeysetSlice<T> nothing() {
        return new KeysetSlice<>(List.of(), "");
    }
}
