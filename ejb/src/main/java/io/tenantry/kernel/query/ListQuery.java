package io.tenantry.kernel.query;

import io.tenantry.text.InputText;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody wants to see of a list. Names and values come from outside: a list takes those that it knows.
 *
 * @param search a part of a name or the like; empty for all
 * @param filters chosen values by the filter's name
 * @param sort what the rows are sorted by; empty for the list's own order
 * @param descending the greatest first
 * @param first rows to leave out
 * @param limit rows at most
 */
public record ListQuery(
        String search, Map<String, String> filters, String sort, boolean descending, int first, int limit) {
    /** No list is read in larger parts. */
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

    /** All rows in the list's own order, in one part. */
    public static ListQuery of(int limit) {
        return new ListQuery("", Map.of(), "", false, 0, limit);
    }

    /** The value chosen for a filter. */
    public Optional<String> filter(String name) {
        return Optional.ofNullable(filters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The same, with a value chosen. */
    public ListQuery with(String name, String value) {
        var more = new java.util.HashMap<>(filters);
        more.put(name, value);
        return new ListQuery(search, more, sort, descending, first, limit);
    }

    /** The same, sorted by that, the greatest first. */
    public ListQuery greatest(String by) {
        return new ListQuery(search, filters, by, true, first, limit);
    }

    /** Another part of the same. */
    public ListQuery part(int otherFirst, int otherLimit) {
        return new ListQuery(search, filters, sort, descending, otherFirst, otherLimit);
    }
}
