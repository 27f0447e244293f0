package io.tenantry.web.portal;

import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.KeysetSlice;
import io.tenantry.web.list.ListAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * A part of a wallet's statement, day by day in the reseller's zone, the newest first. By day, consecutive hours charged on a day are one row; by
 * hour, each has its own row. It is paged by the number of the entry, and each line carries the balance after it, so that no line depends on previous
 * ones.
 */
public final class Statement {
    /** The filter for the first day. */
    static final String FROM = "from";

    /** The filter for the last day. */
    static final String TO = "to";

    /** The filter for the kind of entry, in lower case. */
    static final String KIND = "kind";

    /** The filter for the grouping: {@link #HOUR} for a row per hour. */
    static final String BY = "by";

    static final String HOUR = "hour";

    /** The usual maximum number of lines per row by day: those of its hours, and some manual ones. */
    private static final int LINES_A_ROW = 40;

    private Statement() {}

    /** The lines of a wallet. */
    @FunctionalInterface
    interface Lines {
        /** Returns a number of lines, the newest first, before the given entry. */
        List<WalletStatements.StatementLine> some(WalletStatements.LineSelection lineSelection, long before, int limit);
    }

    /**
     * A row: one line, or consecutive hours of a day.
     *
     * @param day the day of the line
     * @param line the line; of several hours, the last
     * @param amount the amount; of several hours, their sum
     * @param hours the number of hours, 1 for any other line
     * @param decimals the number of decimals of the most exact amount beside it, where hours are shown individually; else 0
     */
    public record Row(LocalDate day, WalletStatements.StatementLine line, Money amount, int hours, int decimals) {
        /** Whether the row stands for more than one line. */
        public boolean isSum() {
            return hours > 1;
        }
    }

    /** Returns the requested part. */
    static KeysetSlice<Row> of(Lines all, ListQuery listQuery, ZoneId zone) {
        var isByHour = listQuery.filter(BY).filter(HOUR::equals).isPresent();
        var limit = isByHour ? listQuery.limit() : listQuery.limit() * LINES_A_ROW;
        var found = all.some(selection(listQuery, zone), before(listQuery), limit + 1);
        var isCut = found.size() > limit;
        var lines = isCut ? found.subList(0, limit) : found;
        if (!isByHour) {
            lines = fitting(isCut ? wholeDays(lines, zone) : lines, zone, listQuery.limit());
        }
        var isMore = lines.size() < found.size();
        var next = isMore ? Long.toString(lines.get(lines.size() - 1).entryId()) : "";
        return new KeysetSlice<>(rows(lines, zone, isByHour), next);
    }

    /** Returns the selection of lines for a query. */
    static WalletStatements.LineSelection selection(ListQuery listQuery, ZoneId zone) {
        var dateRange = DateRange.of(
                listQuery.filter(FROM).orElse(null), listQuery.filter(TO).orElse(null));
        return new WalletStatements.LineSelection(
                dateRange.in(zone), listQuery.filter(KIND).map(kind -> kind.toUpperCase(Locale.ROOT)));
    }

    /** Returns the entry before which the lines start. */
    static long before(ListQuery listQuery) {
        return listQuery.filter(ListAddress.BEFORE).map(Long::parseLong).orElse(Long.MAX_VALUE);
    }

    /** Removes the last day, which has further lines; unless it is the only one. */
    private static List<WalletStatements.StatementLine> wholeDays(
            List<WalletStatements.StatementLine> lines, ZoneId zone) {
        var cut = day(lines.get(lines.size() - 1), zone);
        var whole = lines.stream()
                .filter(statementLine -> !day(statementLine, zone).equals(cut))
                .toList();
        return whole.isEmpty() ? lines : whole;
    }

    /** Returns as many whole days as fit into a number of rows; always the first day, however long it is. */
    static List<WalletStatements.StatementLine> fitting(
            List<WalletStatements.StatementLine> lines, ZoneId zone, int rows) {
        var end = 0;
        var taken = 0;
        while (end < lines.size()) {
            var next = endOfDay(lines, end, zone);
            taken += summed(day(lines.get(end), zone), lines.subList(end, next)).size();
            if (end > 0 && taken > rows) {
                break;
            }
            end = next;
        }
        return lines.subList(0, end);
    }

    private static int endOfDay(List<WalletStatements.StatementLine> lines, int from, ZoneId zone) {
        var day = day(lines.get(from), zone);
        var end = from;
        while (end < lines.size() && day(lines.get(end), zone).equals(day)) {
            end++;
        }
        return end;
    }

    static List<Row> rows(List<WalletStatements.StatementLine> lines, ZoneId zone, boolean byHour) {
        var days = new LinkedHashMap<LocalDate, List<WalletStatements.StatementLine>>();
        for (var statementLine : lines) {
            days.computeIfAbsent(day(statementLine, zone), any -> new ArrayList<>())
                    .add(statementLine);
        }
        var decimals = AlignedDecimals.of(lines.stream().map(WalletStatements.StatementLine::amount));
        return days.entrySet().stream()
                .flatMap(day -> (byHour
                                ? single(day.getKey(), day.getValue(), decimals)
                                : summed(day.getKey(), day.getValue()))
                        .stream())
                .toList();
    }

    private static List<Row> single(LocalDate day, List<WalletStatements.StatementLine> lines, int decimals) {
        return lines.stream()
                .map(statementLine -> new Row(day, statementLine, statementLine.amount(), 1, decimals))
                .toList();
    }

    /** Adds up hours that follow one another; any other line between them stays in its place, so that each balance follows from the next. */
    private static List<Row> summed(LocalDate day, List<WalletStatements.StatementLine> lines) {
        var rows = new ArrayList<Row>();
        var at = 0;
        while (at < lines.size()) {
            var end = at + 1;
            while (isHour(lines.get(at)) && end < lines.size() && isHour(lines.get(end))) {
                end++;
            }
            var sum = lines.subList(at, end).stream()
                    .map(WalletStatements.StatementLine::amount)
                    .reduce(Money::plus)
                    .orElseThrow();
            rows.add(new Row(day, lines.get(at), sum, end - at, 0));
            at = end;
        }
        return List.copyOf(rows);
    }

    /** Returns whether a line is for an hour that identifies itself. */
    static boolean isHour(WalletStatements.StatementLine statementLine) {
        return statementLine.kind().equals("CHARGE") && !statementLine.source().startsWith("service:");
    }

    /** Returns the day of a line; an hour that ends at midnight belongs to the previous day. */
    static LocalDate day(WalletStatements.StatementLine statementLine, ZoneId zone) {
        Instant within = statementLine.at().minus(1, ChronoUnit.MICROS);
        return LocalDate.ofInstant(within, zone);
    }
}
