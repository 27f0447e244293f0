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
 * @param id its name: of the cookie of columns, and of the views kept in the browser
 * @param address what is shown
 * @param columns all that there are, in order
 * @param shown keys of those that are shown
 * @param filters by which it can be narrowed
 * @param paging which part it is; of a list that goes on by key, as if there were no more
 * @param further how a list goes on by key; empty if it does by number
 * @param rows of this part
 */
public record Table<T>(
        String id,
        ListAddress address,
        List<Column> columns,
        Set<String> shown,
        List<Filter> filters,
        Paging paging,
        Optional<HiddenFilter> further,
        List<T> rows) {
    /** Where the first and the next part of a list are that goes on by key; nothing where that is no other part. */
    public record HiddenFilter(String newest, String older) {
        /** Whether there are older rows than these. */
        public boolean isMore() {
            return !older.isEmpty();
        }
    }

    /** What somebody chose and is in force: a filter's name, its words, and the address without it. */
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

    /** How many rows there are, as far as that is known. */
    public String getCounted() {
        return further.filter(HiddenFilter::isMore).isPresent() ? "table.rows.more" : "table.rows";
    }

    /** Whether there are other parts than this one, or rows enough to show them in other parts. */
    public boolean isPaged() {
        return further.map(other -> other.isMore() || !other.newest().isEmpty())
                .orElse(paging.total() > ListAddress.SIZES.get(0));
    }

    /** Whether days are asked for, which are shown by a button: a day that is half typed would be taken for another. */
    public boolean isDated() {
        return filters.stream().anyMatch(Filter::isDay);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether rows may be missing because of a search or a filter. */
    public boolean isNarrowed() {
        return address.isNarrowed();
    }

    /** The columns that are shown. */
    public List<Column> getVisible() {
        return columns.stream().filter(column -> shows(column.key())).toList();
    }

    /** The columns that somebody may hide. */
    public List<Column> getOptional() {
        return columns.stream().filter(column -> !column.fixed()).toList();
    }

    /** Columns by which rows can be sorted. */
    public List<Column> getSortable() {
        return columns.stream().filter(Column::sortable).toList();
    }

    /** Whether a column is shown. */
    public boolean shows(String key) {
        return shown.contains(key);
    }

    /** How a column's heading tells of its order; nothing while rows are not sorted by it. */
    public String order(Column column) {
        return !address.column().equals(column.key()) ? "" : address.isDescending() ? "descending" : "ascending";
    }

    /** The value chosen for a filter; empty if none is. */
    public String chosen(String filter) {
        return address.chosen().getOrDefault(filter, "");
    }

    /** The day chosen for a filter, as a field for days takes it; empty if it is none. */
    public String day(String filter) {
        return DateText.day(chosen(filter)).map(LocalDate::toString).orElse("");
    }

    /** What is in force of the filters; days are seen in their fields. */
    public List<Chip> getChips() {
        return filters.stream()
                .filter(filter -> !filter.isDay() && address.chosen().containsKey(filter.name()))
                .map(filter -> new Chip(
                        filter.label(),
                        filter.wordsOf(chosen(filter.name())).orElse(chosen(filter.name())),
                        address.without(filter.name())))
                .toList();
    }

    /** Page sizes to choose from. */
    public List<Integer> getSizes() {
        return ListAddress.SIZES;
    }

    /** What the address chose that no control of the list shows; a form must keep it. */
    public List<String> getKept() {
        var shownByControls = filters.stream().map(Filter::name).collect(Collectors.toSet());
        return address.chosen().keySet().stream()
                .filter(name -> !shownByControls.contains(name))
                .toList();
    }
}
