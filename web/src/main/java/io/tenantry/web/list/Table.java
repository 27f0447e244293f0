package io.tenantry.web.list;

import io.tenantry.kernel.query.ResultPage;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Paging;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list as a page shows it, for the tag {@code app:table}.
 *
 * @param id its name: for the cookie of columns, and for the views stored in the browser
 * @param address the address of what is shown
 * @param columns all columns, in order
 * @param shown the keys of the visible columns
 * @param filters the filters of the list
 * @param paging the current page; for a list that is paged by key, as if it were the only one
 * @param keysetLinks the links of a list that is paged by key; empty if it is paged by position
 * @param rows the rows of this page
 */
public record Table<T>(
        String id,
        ListAddress address,
        List<Column> columns,
        Set<String> shown,
        List<Filter> filters,
        Paging paging,
        Optional<HiddenFilter> keysetLinks,
        List<T> rows) {
    /** The addresses of the first and the next page of a list that is paged by key; empty where that is no other page. */
    public record HiddenFilter(String newest, String older) {
        /** Whether there are older rows. */
        public boolean isMore() {
            return !older.isEmpty();
        }
    }

    /** An active filter: its name, the label of its value, and the address without it. */
    public record Chip(String label, String words, String without) {}

    static <T> Table<T> of(
            String id,
            ListAddress address,
            List<Column> columns,
            Set<String> shown,
            List<Filter> filters,
            ResultPage<T> resultPage) {
        var paging = Paging.of(address.page(), address.size(), resultPage.total());
        return new Table<>(id, address, columns, shown, filters, paging, Optional.empty(), resultPage.rows());
    }

    static <T> Table<T> of(
            String id,
            ListAddress address,
            List<Column> columns,
            Set<String> shown,
            List<Filter> filters,
            KeysetSlice<T> found) {
        var rows = found.rows();
        var hiddenFilter = new HiddenFilter(
                address.before().isEmpty() ? "" : address.behind(""),
                found.next().isEmpty() ? "" : address.behind(found.next()));
        return new Table<>(
                id,
                address,
                columns,
                shown,
                filters,
                Paging.of(1, Math.max(1, rows.size()), rows.size()),
                Optional.of(hiddenFilter),
                rows);
    }

    /** Returns the message key of the number of rows, as far as it is known. */
    public String getCounted() {
        return keysetLinks.filter(HiddenFilter::isMore).isPresent() ? "table.rows.more" : "table.rows";
    }

    /** Whether there are other pages, or enough rows for other page sizes. */
    public boolean isPaged() {
        return keysetLinks
                .map(other -> other.isMore() || !other.newest().isEmpty())
                .orElse(paging.total() > ListAddress.SIZES.get(0));
    }

    /** Whether there are filters for days, which are applied by a button: a partially typed day would be taken for another. */
    public boolean isDated() {
        return filters.stream().anyMatch(Filter::isDay);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether rows may be hidden by a search or a filter. */
    public boolean isNarrowed() {
        return address.isNarrowed();
    }

    /** Returns the columns that are shown. */
    public List<Column> getVisible() {
        return columns.stream().filter(column -> shows(column.key())).toList();
    }

    /** Returns the columns that the user may hide. */
    public List<Column> getOptional() {
        return columns.stream().filter(column -> !column.fixed()).toList();
    }

    /** Returns the columns by which rows can be sorted. */
    public List<Column> getSortable() {
        return columns.stream().filter(Column::sortable).toList();
    }

    /** Returns whether a column is visible. */
    public boolean shows(String key) {
        return shown.contains(key);
    }

    /** Returns the sort order for a column's header; empty if rows are not sorted by it. */
    public String order(Column column) {
        return !address.column().equals(column.key()) ? "" : address.isDescending() ? "descending" : "ascending";
    }

    /** Returns the value chosen for a filter; empty if none is. */
    public String chosen(String filter) {
        return address.chosen().getOrDefault(filter, "");
    }

    /** Returns the day chosen for a filter, in the format of a date field; empty if it is not a day. */
    public String day(String filter) {
        return DateText.day(chosen(filter)).map(LocalDate::toString).orElse("");
    }

    /** Returns the active filters; days are shown in their fields instead. */
    public List<Chip> getChips() {
        return filters.stream()
                .filter(filter -> !filter.isDay() && address.chosen().containsKey(filter.name()))
                .map(filter -> new Chip(
                        filter.label(),
                        filter.wordsOf(chosen(filter.name())).orElse(chosen(filter.name())),
                        address.without(filter.name())))
                .toList();
    }

    /** Returns the selectable page sizes. */
    public List<Integer> getSizes() {
        return ListAddress.SIZES;
    }

    /** Returns the chosen parameters without a control in the list; a form must keep them. */
    public List<String> getKept() {
        var shownByControls = filters.stream().map(Filter::name).collect(Collectors.toSet());
        return address.chosen().keySet().stream()
                .filter(name -> !shownByControls.contains(name))
                .toList();
    }
}
