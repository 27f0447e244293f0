package io.tenantry.web.console;

import java.util.List;
import java.util.Map;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** Rows of a list, read page by page. */
final class Rows<T> extends LazyDataModel<T> {
    private static final long serialVersionUID = 1L;

    private final transient Source<T> source;

    /** Where rows come from. */
    interface Source<T> {
        int count();

        List<T> page(int first, int limit);
    }

    Rows(Source<T> source) {
        this.source = source;
    }

    @Override
    public int count(Map<String, FilterMeta> filters) {
        return source.count();
    }

    @Override
    public List<T> load(int first, int limit, Map<String, SortMeta> sorting, Map<String, FilterMeta> filters) {
        return source.page(recalculateFirst(first, limit, getRowCount()), limit);
    }
}
