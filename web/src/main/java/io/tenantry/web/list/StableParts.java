package io.tenantry.web.list;

import io.tenantry.kernel.query.ListQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The parts of a list that is read by position while others change it. Each part starts some rows before the end of the previous one, and rows
 * that were already returned are omitted: rows added before them cause no repetition, and removed ones hide none.
 */
final class StableParts<T> {
    /** The number of rows that may be removed from the list between two parts. */
    private static final int OVERLAP = 100;

    private final ListQuery listQuery;
    private final Function<ListQuery, List<T>> rows;
    private final Function<T, Object> key;
    private final Set<Object> given = new HashSet<>();
    private int position;

    StableParts(ListQuery listQuery, Function<ListQuery, List<T>> rows, Function<T, Object> key) {
        this.listQuery = listQuery;
        this.rows = rows;
        this.key = key;
    }

    /** Accepts the first part, which was read already. */
    List<T> first(List<T> part) {
        position = part.size();
        return fresh(part);
    }

    /** Returns the next rows; empty if there are no more. */
    List<T> next() {
        while (true) {
            var from = Math.max(0, position - Math.min(OVERLAP, listQuery.limit() / 2));
            var part = rows.apply(listQuery.part(from, listQuery.limit()));
            position = from + part.size();
            var fresh = fresh(part);
            if (!fresh.isEmpty() || part.size() < listQuery.limit()) {
                return fresh;
            }
        }
    }

    private List<T> fresh(List<T> part) {
        var fresh = new ArrayList<T>();
        for (var row : part) {
            if (given.add(key.apply(row))) {
                fresh.add(row);
            }
        }
        return fresh;
    }
}
