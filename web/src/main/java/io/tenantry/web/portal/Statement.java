package io.tenantry.web.portal;

import io.tenantry.money.Money;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a wallet's statement, day by day in the reseller's zone, the newest first. By day, the hours charged on a day are
 * one row; by hour, each is its own.
 *
 * @param isMore whether there are older ones
 * @param next where the older ones begin
 */
public record Statement(Wish wish, List<Day> days, boolean isMore, long next) {
    /** Lines that a part by day is made of: forty days of hours. */
    private static final int LINES_BY_DAY = 1_000;

    /**
     * What somebody wants to see.
     *
     * @param before lines before this entry; {@link Long#MAX_VALUE} for the newest
     * @param isByHour whether each hour is a row of its own
     */
    public record Wish(Days span, long before, boolean isByHour) {
        /** The wish that an address names. */
        public static Wish of(@Nullable String from, @Nullable String to, long before, @Nullable String by) {
            return new Wish(Days.of(from, to), before, "hour".equals(by));
        }

        /** The parameters of an address that keep the wish, each with an ampersand before it. */
        public String getQuery() {
            return span.getQuery() + (isByHour ? "&by=hour" : "");
        }

        /** Whether the newest lines are shown. */
        public boolean isNewest() {
            return before == Long.MAX_VALUE;
        }
    }

    /** One day. */
    public record Day(LocalDate date, List<Row> rows) {}

    /**
     * A row: one line, or all hours of a day.
     *
     * @param line the line; of several hours, the last
     * @param amount the amount, of several hours their sum
     * @param hours how many hours, 1 for any other line
     */
    public record Row(Wallets.Line line, Money amount, int hours) {
        /** Whether the row stands for more than its line. */
        public boolean isSum() {
            return hours > 1;
        }
    }

    /** The part of a wallet's statement that somebody wants to see; empty without a wallet. */
    public static Statement of(
            OrganizationWallets wallets, @Nullable UUID walletId, Wish wish, ZoneId zone, int linesByHour) {
        if (walletId == null) {
            return new Statement(wish, List.of(), false, 0);
        }
        var limit = wish.isByHour() ? linesByHour : LINES_BY_DAY;
        var found = wallets.statement(walletId, wish.span().in(zone), wish.before(), limit + 1);
        var isMore = found.size() > limit;
        var lines = isMore ? found.subList(0, limit) : found;
        if (isMore && !wish.isByHour()) {
            lines = wholeDays(lines, zone);
        }
        return new Statement(wish, days(lines, zone, wish.isByHour()), isMore, last(lines));
    }

    public boolean isEmpty() {
        return days.isEmpty();
    }

    /** Without the last day, of which there are more lines; unless it is the only one. */
    private static List<Wallets.Line> wholeDays(List<Wallets.Line> lines, ZoneId zone) {
        var cut = day(lines.get(lines.size() - 1), zone);
        var whole = lines.stream().filter(line -> !day(line, zone).equals(cut)).toList();
        return whole.isEmpty() ? lines : whole;
    }

    private static long last(List<Wallets.Line> lines) {
        return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).entryId();
    }

    static List<Day> days(List<Wallets.Line> lines, ZoneId zone, boolean byHour) {
        var days = new LinkedHashMap<LocalDate, List<Wallets.Line>>();
        for (var line : lines) {
            days.computeIfAbsent(day(line, zone), any -> new ArrayList<>()).add(line);
        }
        return days.entrySet().stream()
                .map(day -> new Day(day.getKey(), byHour ? single(day.getValue()) : summed(day.getValue())))
                .toList();
    }

    private static List<Row> single(List<Wallets.Line> lines) {
        return lines.stream().map(line -> new Row(line, line.amount(), 1)).toList();
    }

    /** The hours first, which end with the day, then what happened within it. */
    private static List<Row> summed(List<Wallets.Line> lines) {
        var rows = new ArrayList<Row>();
        var hours = lines.stream().filter(Statement::isHour).toList();
        hours.stream()
                .map(Wallets.Line::amount)
                .reduce(Money::plus)
                .ifPresent(sum -> rows.add(new Row(hours.get(0), sum, hours.size())));
        lines.stream()
                .filter(line -> !isHour(line))
                .map(line -> new Row(line, line.amount(), 1))
                .forEach(rows::add);
        return List.copyOf(rows);
    }

    /** Whether a line is for an hour that names itself. */
    static boolean isHour(Wallets.Line line) {
        return line.kind().equals("CHARGE") && !line.source().startsWith("service:");
    }

    /** An hour that ends at midnight is of the day before. */
    private static LocalDate day(Wallets.Line line, ZoneId zone) {
        Instant within = line.at().minus(1, ChronoUnit.MICROS);
        return LocalDate.ofInstant(within, zone);
    }
}
