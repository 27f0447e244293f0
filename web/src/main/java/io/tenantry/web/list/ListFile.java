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
 * A list as CSV or XLSX, by the ending of the address: the rows that the list's page would show with the same parameters, all
 * of them, or only those chosen by {@code id}. Written while it is read, a part at a time, so neither a slow reader nor a long
 * list holds a transaction or much memory. A reseller may have some at once. Who may see them is decided by the use case.
 */
public abstract class ListFile<T> extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** A file has no more rows than this, since each part has to pass those before it. */
    private static final int ROWS_MAX = 100_000;

    /** An id of a row that was chosen. */
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
     * A column of the file.
     *
     * @param title the key of what it is called
     * @param value of a row: text, number, moment, or nothing
     */
    public record Field<T>(String title, Function<T, @Nullable Object> value) {}

    /** The key of what the list is called. */
    protected abstract String title();

    /** The filters that the list's page knows. */
    protected abstract List<String> filters();

    /** The columns of the file. */
    protected abstract List<Field<T>> fields();

    /** A part of the rows. */
    protected abstract List<T> rows(ListQuery listQuery);

    /**
     * The wish for the part after that; by number, unless a list goes on by key.
     *
     * @param done rows that were written
     * @param last of these
     */
    protected ListQuery following(ListQuery listQuery, int done, T last) {
        return listQuery.part(done, listQuery.limit());
    }

    /**
     * What a row is known by, in lists whose parts are read by number: rows that appear or go meanwhile then neither repeat nor hide others. Nothing
     * where a list goes on by key, or is read as a whole.
     */
    protected @Nullable Object key(T row) {
        return null;
    }

    /** More rows are not written; the file says so in its last row. */
    protected int rowsMax() {
        return ROWS_MAX;
    }

    /** The zone in which times are written. */
    protected ZoneId zone() {
        return format.zone();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getServletPath();
        var address = ListAddress.of(path, filters(), request);
        var listQuery = chosen(request, address.wish(0, ListQuery.LIMIT_MAX));
        try (var permit = limits.take(HeavyWork.EXPORT)) {
            var first = rows(listQuery);
            write(path.endsWith(".xlsx"), listQuery, first, response);
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
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
            var isCut = parts(rowWriter, fields(), listQuery, isKeyed ? stable.first(first) : first, bounded(more));
            if (isCut) {
                rowWriter.row(List.of(format.text("csv.cut", rowsMax())));
            }
        }
    }

    /** Nothing after as many rows as a file may have. */
    private Bounded<T> bounded(BiFunction<Integer, T, List<T>> more) {
        return new Bounded<>(more, rowsMax());
    }

    /** The parts of a list up to a number of rows. */
    record Bounded<T>(BiFunction<Integer, T, List<T>> more, int most) {}

    /**
     * Part after part for as long as somebody takes them: who stops reading breaks off the writing, and no further part is read.
     *
     * @return whether there are more rows than a file may have
     */
    static <T> boolean parts(
            RowWriter rowWriter, List<Field<T>> fields, ListQuery listQuery, List<T> first, Bounded<T> rest)
            throws IOException {
        var done = 0;
        for (var part = first; !part.isEmpty(); ) {
            if (done + part.size() > rest.most()) {
                return true;
            }
            for (var row : part) {
                var cells = new ArrayList<@Nullable Object>();
                fields.forEach(field -> cells.add(field.value().apply(row)));
                rowWriter.row(cells);
            }
            done += part.size();
            var isLast = part == first && part.size() < listQuery.limit();
            part = isLast ? List.of() : rest.more().apply(done, part.get(part.size() - 1));
        }
        return false;
    }
}
