package io.tenantry.kernel.query;

import io.tenantry.text.InputText;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A query for a part of a list. Names and values come from outside: a list accepts those that it knows.
 *
 * @param search a part of a name or the like; empty for all
 * @param filters chosen values by the filter's name
 * @param sort the sort key; empty for the list's own order
 * @param descending the greatest first
 * @param first the number of rows to skip
 * @param limit the maximum number of rows
 */
public record ListQuery(
        String search, Map<String, String> filters, String sort, boolean descending, int first, int limit) {
    /** The maximum number of rows read at once. */
    public static final int LIMIT_MAX = 1000;

    public ListQuery {
        search = InputText.searchTerm(search);
        filters = filters.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, one -> InputText.withoutForbidden(one.getValue())));
        sort = InputText.withoutForbidden(sort);
        first = Math.max(0, first);
        limit = Math.max(1, Math.min(limit, LIMIT_MAX));
    }

    /** Returns a query for all rows in the list's own order, in one part. */
    public static ListQuery of(int limit) {
        return new ListQuery("", Map.of(), "", false, 0, limit);
    }

    /** Returns the value chosen for a filter. */
    public Optional<String> filter(String name) {
        return Optional.ofNullable(filters.get(name)).filter(value -> !value.isEmpty());
    }

    /** Returns the same query with a filter value. */
    public ListQuery with(String name, String value) {
        var more = new java.util.HashMap<>(filters);
        more.put(name, value);
        return new ListQuery(search, more, sort, descending, first, limit);
    }

    /** Returns the same query, sorted by that key, the greatest first. */
    public ListQuery greatest(String by) {
        return new ListQuery(search, filters, by, true, first, limit);
    }

    /** Returns the same query for another part. */
    public ListQuery part(int otherFirst, int otherLimit) {
        return new ListQuery(search, filters, sort, descending, otherFirst, otherLimit);
    }
}
