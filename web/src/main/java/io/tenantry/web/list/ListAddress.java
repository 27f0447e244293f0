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
 * The address of a list, which says everything that it shows: so a link can be kept or sent, reload shows the same, and the back
 * button undoes a filter.
 *
 * @param base its page
 * @param files the same rows as a file, before the ending
 * @param search what was searched for
 * @param chosen what was chosen, by the filter's name, in the filters' order
 * @param sort the column's key, with a minus before for the greatest first; empty for the list's own order
 * @param size rows a page
 * @param page counted from 1
 * @param before of a list that goes on by key, the key behind which the page begins; empty for its first page
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
    /** Rows a page, to choose from; the first is usual. */
    public static final List<Integer> SIZES = List.of(25, 50, 100);

    /** The parameter with the key that a page begins behind; {@link Wish} carries it as a filter. */
    public static final String BEFORE = "before";

    private static final int TEXT_MAX = 120;
    private static final int PAGE_MAX = 100_000;

    /** What a request asks for; what it asks for wrongly is left out. */
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

    /** What is wanted, from that row on. */
    public ListQuery wish(int first, int limit) {
        return new ListQuery(search, chosen, column(), isDescending(), first, limit);
    }

    /** What is wanted on the page asked for. */
    public ListQuery wish() {
        return wish((page - 1) * size, size);
    }

    /** What is wanted on the page asked for of a list that goes on by key. */
    ListQuery wishByKey() {
        var first = wish(0, size);
        return before.isEmpty() ? first : first.with(BEFORE, before);
    }

    /** The key of the column that rows are sorted by; empty for the list's own order. */
    public String column() {
        return isDescending() ? sort.substring(1) : sort;
    }

    /** Whether the greatest come first. */
    public boolean isDescending() {
        return sort.startsWith("-");
    }

    /** Whether anything is left out or searched for. */
    public boolean isNarrowed() {
        return !search.isEmpty() || !chosen.isEmpty();
    }

    public String getPath() {
        return base.path();
    }

    /** This address. */
    public String getHref() {
        return base.with(query());
    }

    /** With nothing chosen. */
    public String getPlain() {
        return base.with(Map.of());
    }

    /** The same rows as a file. */
    public String file(String ending) {
        return files.ending("." + ending)
                .with(other(search, chosen, sort, SIZES.get(0), 1).query());
    }

    /** Sorted by a column; the second time the other way round. */
    public String sortedBy(String key) {
        return other(search, chosen, sort.equals(key) ? "-" + key : key, size, 1)
                .getHref();
    }

    /** Another page. */
    public String onPage(int number) {
        return other(search, chosen, sort, size, number).getHref();
    }

    /** The page that begins behind a key; the first one behind an empty key. */
    public String behind(String key) {
        return new ListAddress(base, files, search, chosen, sort, size, 1, key).getHref();
    }

    /** With that many rows a page. */
    public String ofSize(int rows) {
        return other(search, chosen, sort, rows, 1).getHref();
    }

    /** With something chosen, from the first page. */
    public String with(String filter, String value) {
        return with(Map.of(filter, value));
    }

    /** With several things chosen, from the first page. */
    public String with(Map<String, String> choices) {
        var more = new LinkedHashMap<>(chosen);
        more.putAll(choices);
        return other(search, more, sort, size, 1).getHref();
    }

    /** Without a filter; without the search if it is called {@code q}. */
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
