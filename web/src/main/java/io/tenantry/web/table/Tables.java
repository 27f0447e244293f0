package io.tenantry.web.table;

import io.tenantry.listing.Found;
import io.tenantry.listing.Wish;
import io.tenantry.web.shell.Paging;
import io.tenantry.web.shell.Preferences;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes lists for pages: reads the address and the cookie of columns, and asks for the part that is there. */
@RequestScoped
public class Tables {
    @Inject
    HttpServletRequest request;

    /**
     * A list.
     *
     * @param id its name
     * @param path of its page
     * @param kept parameters that belong to the address besides the filters
     * @param source reads a part
     */
    public <T> Table<T> of(
            String id,
            String path,
            List<String> kept,
            List<Column> columns,
            List<Filter> filters,
            Function<Wish, Found<T>> source) {
        return counted(id, address(Base.of(path), Base.of(path), kept, filters), columns, filters, source);
    }

    /**
     * A list that is its page, whose address says more than the list does.
     *
     * @param base of its page, and of the same rows as a file before the ending
     * @param source reads a part
     */
    public <T> Table<T> of(
            String id, Base base, List<Column> columns, List<Filter> filters, Function<Wish, Found<T>> source) {
        return counted(id, address(base, base, List.of(), filters), columns, filters, source);
    }

    private <T> Table<T> counted(
            String id,
            ListAddress address,
            List<Column> columns,
            List<Filter> filters,
            Function<Wish, Found<T>> source) {
        var found = source.apply(address.wish());
        if (found.rows().isEmpty() && found.total() > 0) {
            var last = Paging.of(address.page(), address.size(), found.total());
            found = source.apply(address.wish(last.first(), address.size()));
        }
        return Table.of(id, address, columns, shown(id, columns), filters, found);
    }

    /**
     * A list that grows without end: it is not counted, and goes on by key.
     *
     * @param base of its page, on which there may be more than the list
     * @param files the same rows as a file, before the ending
     * @param source reads the part behind the key that the wish carries as {@link ListAddress#BEFORE}
     */
    public <T> Table<T> endless(
            String id,
            Base base,
            Base files,
            List<Column> columns,
            List<Filter> filters,
            Function<Wish, Stretch<T>> source) {
        var address = address(base, files, List.of(), filters);
        return Table.of(id, address, columns, shown(id, columns), filters, source.apply(address.wishByKey()));
    }

    private ListAddress address(Base base, Base files, List<String> kept, List<Filter> filters) {
        var names =
                Stream.concat(kept.stream(), filters.stream().map(Filter::name)).toList();
        return ListAddress.of(base, files, names, request::getParameter);
    }

    private Set<String> shown(String id, List<Column> columns) {
        var chosen = Preferences.cookie(request, "columns-" + id)
                .map(text -> Set.copyOf(
                        Arrays.asList(text.split("\\.", -1)).stream().distinct().toList()));
        return columns.stream()
                .filter(column -> column.fixed()
                        || chosen.map(keys -> keys.contains(column.key())).orElse(true))
                .map(Column::key)
                .collect(Collectors.toUnmodifiableSet());
    }
}
