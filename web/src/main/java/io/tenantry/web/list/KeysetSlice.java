package io.tenantry.web.list;

import java.util.List;

/**
 * A part of a list that grows without limit, so that it is not counted and is paged by key.
 *
 * @param rows the rows of that part, the newest first
 * @param next the key after which older ones start; empty if there are none
 */
public record KeysetSlice<T>(List<T> rows, String next) {
    public KeysetSlice {
        rows = List.copyOf(rows);
    }

    /** Returns an empty slice. */
    public static <T> KeysetSlice<T> nothing() {
        return new KeysetSlice<>(List.of(), "");
    }
}
