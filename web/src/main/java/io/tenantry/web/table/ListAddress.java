package io.tenantry.web.table;

import io.tenantry.listing.Wish;
import io.tenantry.web.shell.Addresses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
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
 * @param path of the page
 * @param search what was searched for
 * @param chosen what was chosen, by the filter's name, in the filters' order
 * @param sort the column's key, with a minus before for the greatest first; empty for the list's own order
 * @param size rows a page
 * @param page counted from 1
 */
public record ListAddress(String path, String search, Map<String, String> chosen, String sort, int size, int page) {
    /** Rows a page, to choose from; the first is usual. */
    public static final List<Integer> SIZES = List.of(25, 50, 100);

    private static final int TEXT_MAX = 120;
    private static final int PAGE_MAX = 100_000;

    /** What a request asks for; what it asks for wrongly is left out. */
    public static ListAddress of(String path, Collection<String> filters, HttpServletRequest request) {
        return of(path, filters, request::getParameter);
    }

    static ListAddress of(String path, Collection<String> filters, Function<String, @Nullable String> parameter) {
        var chosen = new LinkedHashMap<String, String>();
        for (var name : filters) {
            var value = text(parameter.apply(name));
            if (!value.isEmpty()) {
                chosen.put(name, value);
            }
        }
        var size = number(parameter.apply("size"));
        return new ListAddress(
                path,
                text(parameter.apply("q")),
                chosen,
                text(parameter.apply("sort")),
                SIZES.contains(size) ? size : SIZES.get(0),
                Math.max(1, Math.min(number(parameter.apply("page")), PAGE_MAX)));
    }

    /** What is wanted, from that row on. */
    public Wish wish(int first, int limit) {
        return new Wish(search, chosen, column(), isDescending(), first, limit);
    }

    /** What is wanted on the page asked for. */
    public Wish wish() {
        return wish((page - 1) * size, size);
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

    /** This address. */
    public String getHref() {
        return path + query();
    }

    /** The same rows as a file. */
    public String file(String ending) {
        return path + "." + ending + new ListAddress(path, search, chosen, sort, SIZES.get(0), 1).query();
    }

    /** Sorted by a column; the second time the other way round. */
    public String sortedBy(String key) {
        return new ListAddress(path, search, chosen, sort.equals(key) ? "-" + key : key, size, 1).getHref();
    }

    /** Another page. */
    public String onPage(int number) {
        return new ListAddress(path, search, chosen, sort, size, number).getHref();
    }

    /** With that many rows a page. */
    public String ofSize(int rows) {
        return new ListAddress(path, search, chosen, sort, rows, 1).getHref();
    }

    /** With something chosen, from the first page. */
    public String with(String filter, String value) {
        var other = new LinkedHashMap<>(chosen);
        other.put(filter, value);
        return new ListAddress(path, search, other, sort, size, 1).getHref();
    }

    /** Without a filter; without the search if it is called {@code q}. */
    public String without(String filter) {
        var other = new LinkedHashMap<>(chosen);
        other.remove(filter);
        return new ListAddress(path, filter.equals("q") ? "" : search, other, sort, size, 1).getHref();
    }

    private String query() {
        var parts = new ArrayList<String>();
        add(parts, "q", search);
        chosen.forEach((name, value) -> add(parts, name, value));
        add(parts, "sort", sort);
        add(parts, "size", size == SIZES.get(0) ? "" : Integer.toString(size));
        add(parts, "page", page == 1 ? "" : Integer.toString(page));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + Addresses.part(value));
        }
    }

    private static String text(@Nullable String value) {
        var text = Objects.requireNonNullElse(value, "").strip();
        return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
    }

    private static int number(@Nullable String value) {
        return value != null && value.matches("\\d{1,6}") ? Integer.parseInt(value) : 1;
    }
}
