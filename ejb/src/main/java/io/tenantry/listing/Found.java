package io.tenantry.listing;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param rows of that part
 * @param total rows that match in all
 */
public record Found<T>(List<T> rows, int total) {
    public Found {
        rows = List.copyOf(rows);
    }

    /** Nothing. */
    public static <T> Found<T> nothing() {
        return new Found<>(List.of(), 0);
    }

    /** The same rows as something else. */
    public <S> Found<S> as(Function<T, S> mapper) {
        return new Found<>(rows.stream().map(mapper).toList(), total);
    }
}
