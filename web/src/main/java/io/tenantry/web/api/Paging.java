package io.tenantry.web.api;

import io.tenantry.web.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of a list: at most {@code limit} rows, where {@code after} is the cursor from the previous page. */
final class Paging {
    private static final int LIMIT_USUAL = 50;
    private static final int LIMIT_MAX = 100;

    /** The limit of rows in a list that is paged by count; no client reads further. */
    private static final int ROWS_MAX = 1_000_000;

    private Paging() {}

    /**
     * One page.
     *
     * @param next the cursor of the next page; absent on the last one
     */
    public record Page<T>(List<T> data, @Nullable String next) {}

    static int limit(@Nullable Integer wanted) {
        if (wanted == null) {
            return LIMIT_USUAL;
        }
        if (wanted < 1 || wanted > LIMIT_MAX) {
            throw ProblemException.field("limit", "malformed", wanted.toString());
        }
        return wanted;
    }

    /** Returns the number of rows before the page, for cursors that count rows. */
    static int first(@Nullable String after) {
        var cursor = cursor(after, 0);
        if (cursor < 0 || cursor > ROWS_MAX) {
            throw ProblemException.field("after", "malformed", String.valueOf(after));
        }
        return (int) cursor;
    }

    static long cursor(@Nullable String after, long first) {
        if (after == null || after.isBlank()) {
            return first;
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException foreign) {
            throw ProblemException.field("after", "malformed", after);
        }
    }
}
