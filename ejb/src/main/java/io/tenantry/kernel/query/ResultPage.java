package io.tenantry.kernel.query;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param rows of that part
 * @param total rows that match in all
 */
public record ResultPage<T>(List<T> rows, int total) {
    public ResultPage {
        rows = List.copyOf(rows);
    }

    /** Nothing. */
    public static <T> ResultPage<T> nothing() {
        return new ResultPage<>(List.of(), 0);
    }

    /** The same rows as something else. */
    public <S> ResultPage<S> as(Function<T, S> mapper) {
        return new ResultPage<>(rows.stream().map(mapper).toList(), total);
    }
}
