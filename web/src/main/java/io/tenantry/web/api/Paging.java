package io.tenantry.web.api;

import io.tenantry.web.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of a list: {@code limit} rows at most, {@code after} the cursor that the page before gave. */
final class Paging {
    private static final int LIMIT_USUAL = 50;
    private static final int LIMIT_MAX = 100;

    /** Nobody reads further in a list whose pages are counted. */
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

    /** How many are before the page, where the cursor counts them. */
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
