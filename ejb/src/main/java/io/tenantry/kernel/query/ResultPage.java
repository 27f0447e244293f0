package io.tenantry.kernel.query;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param rows the rows of that part
 * @param total the number of matching rows in all
 */
public record ResultPage<T>(List<T> rows, int total) {
    public ResultPage {
        rows = List.copyOf(rows);
    }

    /** Returns an empty page. */
    public static <T> ResultPage<T> nothing() {
        return new ResultPage<>(List.of(), 0);
    }

    /** Returns the page with its rows converted. */
    public <S> ResultPage<S> as(Function<T, S> mapper) {
        return new ResultPage<>(rows.stream().map(mapper).toList(), total);
    }
}
