package io.tenantry.web.list;

import io.tenantry.kernel.query.ListQuery;
import io.tenantry.text.InputText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The address of a list, which contains its whole state: so a link can be stored or sent, reload shows the same, and the back button undoes a
 * filter.
 *
 * @param base its page
 * @param files the address of the exports, before the extension
 * @param search the search text
 * @param chosen the chosen values by the filter's name, in the filters' order
 * @param sort the column's key, with a leading minus for descending order; empty for the list's default order
 * @param size rows per page
 * @param page counted from 1
 * @param before for a list that is paged by key, the key after which the page starts; empty for its first page
 */
public record ListAddress(
        ListUrl base,
        ListUrl files,
        String search,
        Map<String, String> chosen,
        String sort,
        int size,
        int page,
        String before) {
    /** The selectable numbers of rows per page; the first is the default. */
    public static final List<Integer> SIZES = List.of(25, 50, 100);

    /** The parameter with the key after which a page starts; {@link ListQuery} carries it as a filter. */
    public static final String BEFORE = "before";

    private static final int TEXT_MAX = 120;
    private static final int PAGE_MAX = 100_000;

    /** Returns the address of a request; invalid parameters are ignored. */
    public static ListAddress of(String path, Collection<String> filters, HttpServletRequest request) {
        return of(ListUrl.of(path), ListUrl.of(path), filters, request::getParameter);
    }

    static ListAddress of(
            ListUrl listUrl, ListUrl files, Collection<String> filters, Function<String, @Nullable String> parameter) {
        var chosen = new LinkedHashMap<String, String>();
        for (var name : filters) {
            var value = text(parameter.apply(name));
            if (!value.isEmpty()) {
                chosen.put(name, value);
            }
        }
        var size = number(parameter.apply("size"));
        return new ListAddress(
                listUrl,
                files,
                text(parameter.apply("q")),
                chosen,
                text(parameter.apply("sort")),
                SIZES.contains(size) ? size : SIZES.get(0),
                Math.max(1, Math.min(number(parameter.apply("page")), PAGE_MAX)),
                key(parameter.apply(BEFORE)));
    }

    /** Returns the query for rows from a given position. */
    public ListQuery listQuery(int first, int limit) {
        return new ListQuery(search, chosen, column(), isDescending(), first, limit);
    }

    /** Returns the query for the requested page. */
    public ListQuery listQuery() {
        return listQuery((page - 1) * size, size);
    }

    /** Returns the query for the requested page of a list that is paged by key. */
    ListQuery listQueryByKey() {
        var first = listQuery(0, size);
        return before.isEmpty() ? first : first.with(BEFORE, before);
    }

    /** Returns the key of the column by which rows are sorted; empty for the list's default order. */
    public String column() {
        return isDescending() ? sort.substring(1) : sort;
    }

    /** Whether the order is descending. */
    public boolean isDescending() {
        return sort.startsWith("-");
    }

    /** Whether a filter or a search is active. */
    public boolean isNarrowed() {
        return !search.isEmpty() || !chosen.isEmpty();
    }

    public String getPath() {
        return base.path();
    }

    /** Returns this address. */
    public String getHref() {
        return base.with(query());
    }

    /** Returns the address without filters. */
    public String getPlain() {
        return base.with(Map.of());
    }

    /** Returns the address of the export of the same rows. */
    public String file(String ending) {
        return files.ending("." + ending)
                .with(other(search, chosen, sort, SIZES.get(0), 1).query());
    }

    /** Returns the address sorted by a column; if it is sorted by it already, in reverse order. */
    public String sortedBy(String key) {
        return other(search, chosen, sort.equals(key) ? "-" + key : key, size, 1)
                .getHref();
    }

    /** Returns the address of another page. */
    public String onPage(int number) {
        return other(search, chosen, sort, size, number).getHref();
    }

    /** Returns the address of the page that starts after a key; of the first page for an empty key. */
    public String behind(String key) {
        return new ListAddress(base, files, search, chosen, sort, size, 1, key).getHref();
    }

    /** Returns the address with another number of rows per page. */
    public String ofSize(int rows) {
        return other(search, chosen, sort, rows, 1).getHref();
    }

    /** Returns the address with a filter's value, at the first page. */
    public String with(String filter, String value) {
        return with(Map.of(filter, value));
    }

    /** Returns the address with several filters' values, at the first page. */
    public String with(Map<String, String> choices) {
        var more = new LinkedHashMap<>(chosen);
        more.putAll(choices);
        return other(search, more, sort, size, 1).getHref();
    }

    /** Returns the address without a filter; without the search if the name is {@code q}. */
    public String without(String filter) {
        var less = new LinkedHashMap<>(chosen);
        less.remove(filter);
        return other(filter.equals("q") ? "" : search, less, sort, size, 1).getHref();
    }

    private ListAddress other(
            String otherSearch, Map<String, String> otherChosen, String otherSort, int otherSize, int otherPage) {
        return new ListAddress(base, files, otherSearch, otherChosen, otherSort, otherSize, otherPage, "");
    }

    private Map<String, String> query() {
        var query = new LinkedHashMap<String, String>();
        query.put("q", search);
        query.putAll(chosen);
        query.put("sort", sort);
        query.put("size", size == SIZES.get(0) ? "" : Integer.toString(size));
        query.put("page", page == 1 ? "" : Integer.toString(page));
        query.put(BEFORE, before);
        return query;
    }

    private static String text(@Nullable String value) {
        var text = Objects.requireNonNullElse(value, "").strip();
        return InputText.cut(text, TEXT_MAX);
    }

    private static int number(@Nullable String value) {
        return value != null && value.matches("\\d{1,6}") ? Integer.parseInt(value) : 1;
    }

    private static String key(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? value : "";
    }
}
