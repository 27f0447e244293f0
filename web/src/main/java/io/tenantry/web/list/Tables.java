package io.tenantry.web.list;

import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.web.layout.Paging;
import io.tenantry.web.layout.PreferencesServlet;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A factory of lists for pages: it reads the address and the cookie of columns, and loads the requested page. */
@RequestScoped
public class Tables {
    @Inject
    HttpServletRequest request;

    /**
     * Creates a list.
     *
     * @param id its name
     * @param path the path of its page
     * @param kept parameters that belong to the address in addition to the filters
     * @param source reads a part of the rows
     */
    public <T> Table<T> of(
            String id,
            String path,
            List<String> kept,
            List<Column> columns,
            List<Filter> filters,
            Function<ListQuery, ResultPage<T>> source) {
        return counted(id, address(ListUrl.of(path), ListUrl.of(path), kept, filters), columns, filters, source);
    }

    /**
     * Creates a list that fills its page, whose address has further parameters.
     *
     * @param listUrl the address of its page, and of its export before the extension
     * @param source reads a part of the rows
     */
    public <T> Table<T> of(
            String id,
            ListUrl listUrl,
            List<Column> columns,
            List<Filter> filters,
            Function<ListQuery, ResultPage<T>> source) {
        return counted(id, address(listUrl, listUrl, List.of(), filters), columns, filters, source);
    }

    private <T> Table<T> counted(
            String id,
            ListAddress address,
            List<Column> columns,
            List<Filter> filters,
            Function<ListQuery, ResultPage<T>> source) {
        var resultPage = source.apply(address.listQuery());
        if (resultPage.rows().isEmpty() && resultPage.total() > 0) {
            var last = Paging.of(address.page(), address.size(), resultPage.total());
            resultPage = source.apply(address.listQuery(last.first(), address.size()));
        }
        return Table.of(id, address, columns, shown(id, columns), filters, resultPage);
    }

    /**
     * Creates a list that grows without limit: it is not counted, and is paged by key.
     *
     * @param listUrl the address of its page, which may have other content
     * @param files the address of its export, before the extension
     * @param source reads the rows after the key that the query carries as {@link ListAddress#BEFORE}
     */
    public <T> Table<T> endless(
            String id,
            ListUrl listUrl,
            ListUrl files,
            List<Column> columns,
            List<Filter> filters,
            Function<ListQuery, KeysetSlice<T>> source) {
        var address = address(listUrl, files, List.of(), filters);
        return Table.of(id, address, columns, shown(id, columns), filters, source.apply(address.listQueryByKey()));
    }

    private ListAddress address(ListUrl listUrl, ListUrl files, List<String> kept, List<Filter> filters) {
        var names =
                Stream.concat(kept.stream(), filters.stream().map(Filter::name)).toList();
        return ListAddress.of(listUrl, files, names, request::getParameter);
    }

    private Set<String> shown(String id, List<Column> columns) {
        var chosen = PreferencesServlet.cookie(request, "columns-" + id)
                .map(text -> Set.copyOf(
                        Arrays.asList(text.split("\\.", -1)).stream().distinct().toList()));
        return columns.stream()
                .filter(column -> column.fixed()
                        || chosen.map(keys -> keys.contains(column.key())).orElse(true))
                .map(Column::key)
                .collect(Collectors.toUnmodifiableSet());
    }
}
