package io.tenantry.web.table;

import java.util.List;

/**
 * A part of a list that grows without end, so that it is not counted and goes on by key.
 *
 * @param rows of that part, the newest first
 * @param next the key behind which older ones begin; empty if there are none
 */
public record Stretch<T>(List<T> rows, String next) {
    public Stretch {
        rows = List.copyOf(rows);
    }

    /** Nothing. */
    public static <T> Stretch<T> nothing() {
        return new Stretch<>(List.of(), "");
    }
}
