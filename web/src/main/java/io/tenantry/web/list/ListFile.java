package io.tenantry.web.list;

import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.brand.BrandView;
import io.tenantry.web.layout.Format;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The export of a list as CSV or XLSX, by the extension of the address: the rows that the list's page would show with the same parameters,
 * either all or only those selected by {@code id}. It is written while it is read, in parts, so neither a slow client nor a long list occupies
 * a transaction or much memory. The number of concurrent exports per reseller is limited. The use case checks the permission.
 */
public abstract class ListFile<T> extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The maximum number of rows, since reading each part has to skip the previous ones. */
    private static final int ROWS_MAX = 100_000;

    /** The id of a selected row. */
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{1,36}");

    @Inject
    transient WorkLimits limits;

    @Inject
    transient Format format;

    @Inject
    transient BrandView brand;

    @Inject
    transient Clock clock;

    /**
     * A column of the export.
     *
     * @param title the message key of its header
     * @param value the value of a row: text, number, moment, or null
     */
    public record Field<T>(String title, Function<T, @Nullable Object> value) {}

    /** Returns the message key of the list's title. */
    protected abstract String title();

    /** Returns the filters of the list's page. */
    protected abstract List<String> filters();

    /** Returns the columns of the export. */
    protected abstract List<Field<T>> fields();

    /** Returns the lines that a row takes up in the export; more than one for a row with amounts in several currencies. */
    protected List<T> lines(T row) {
        return List.of(row);
    }

    /** Returns a part of the rows. */
    protected abstract List<T> rows(ListQuery listQuery);

    /**
     * Returns the query for the next part; by position, unless a list is paged by key.
     *
     * @param done the number of rows written so far
     * @param last the last of these rows
     */
    protected ListQuery following(ListQuery listQuery, int done, T last) {
        return listQuery.part(done, listQuery.limit());
    }

    /**
     * Returns the identity of a row, in lists whose parts are read by position: rows that are added or removed meanwhile then neither repeat
     * nor hide others. Null where a list is paged by key, or read as a whole.
     */
    protected @Nullable Object key(T row) {
        return null;
    }

    /** Returns the maximum number of rows; the export's last row states that more were omitted. */
    protected int rowsMax() {
        return ROWS_MAX;
    }

    /** Returns the zone in which times are written. */
    protected ZoneId zone() {
        return format.zone();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getServletPath();
        if (filters().contains(DayFields.TO) && DayFields.areFaulty(request)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        var address = ListAddress.of(path, filters(), request);
        var listQuery = chosen(request, address.listQuery(0, ListQuery.LIMIT_MAX));
        try (var permit = limits.take(HeavyWork.EXPORT)) {
            var first = first(listQuery, permit);
            write(path.endsWith(".xlsx"), listQuery, first, response);
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** Reads the first part, which decides about permission and existence: a refusal costs nothing of the limits. */
    private List<T> first(ListQuery listQuery, WorkLimits.Permit permit) {
        try {
            return rows(listQuery);
        } catch (NotFoundException | AccessDeniedException refusal) {
            permit.refused();
            throw refusal;
        }
    }

    private static ListQuery chosen(HttpServletRequest request, ListQuery listQuery) {
        var ids = request.getParameterValues("id");
        return ids == null
                ? listQuery
                : listQuery.with(
                        "only",
                        Arrays.stream(ids)
                                .filter(id -> ID.matcher(id).matches())
                                .collect(Collectors.joining(",", "", ",")));
    }

    private void write(boolean isXlsx, ListQuery listQuery, List<T> first, HttpServletResponse response)
            throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), zone());
        var name = format.text(title());
        response.setContentType(
                isXlsx
                        ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                        : "text/csv; charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"" + format.text(title() + ".file") + "-" + today + (isXlsx ? ".xlsx" : ".csv")
                        + "\"");
        var out = response.getOutputStream();
        try (RowWriter rowWriter =
                isXlsx ? new XlsxWriter(out, brand.getName(), name, zone()) : new CsvWriter(out, zone())) {
            rowWriter.title(List.of(brand.getName(), name, today.toString(), zone().getId()));
            rowWriter.heads(
                    fields().stream().map(field -> format.text(field.title())).toList());
            var isKeyed = !first.isEmpty() && key(first.get(0)) != null;
            var stable = new StableParts<T>(listQuery, this::rows, row -> Objects.requireNonNull(key(row)));
            BiFunction<Integer, T, List<T>> more =
                    isKeyed ? (done, last) -> stable.next() : (done, last) -> rows(following(listQuery, done, last));
            var layout = new Layout<>(fields(), this::lines);
            var isCut = parts(rowWriter, layout, listQuery, isKeyed ? stable.first(first) : first, bounded(more));
            if (isCut) {
                rowWriter.row(List.of(format.text("csv.cut", rowsMax())));
            }
        }
    }

    /** Limits the parts to the maximum number of rows of an export. */
    private Bounded<T> bounded(BiFunction<Integer, T, List<T>> more) {
        return new Bounded<>(more, rowsMax());
    }

    /** How rows are written: lines by fields. */
    record Layout<T>(List<Field<T>> fields, Function<T, List<T>> lines) {}

    /** The parts of a list, limited to a number of rows. */
    record Bounded<T>(BiFunction<Integer, T, List<T>> more, int most) {}

    /**
     * Writes part after part while the client reads: a client that disconnects aborts the writing, and no further part is read.
     *
     * @return whether there are more rows than an export may have
     */
    static <T> boolean parts(RowWriter rowWriter, Layout<T> layout, ListQuery listQuery, List<T> first, Bounded<T> rest)
            throws IOException {
        var done = 0;
        for (var part = first; !part.isEmpty(); ) {
            if (done + part.size() > rest.most()) {
                return true;
            }
            for (var row : part) {
                for (var line : layout.lines().apply(row)) {
                    var cells = new ArrayList<@Nullable Object>();
                    layout.fields().forEach(field -> cells.add(field.value().apply(line)));
                    rowWriter.row(cells);
                }
            }
            done += part.size();
            var isLast = part == first && part.size() < listQuery.limit();
            part = isLast ? List.of() : rest.more().apply(done, part.get(part.size() - 1));
        }
        return false;
    }
}
