package io.tenantry.web.portal;

import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import io.tenantry.web.table.ListAddress;
import io.tenantry.web.table.Stretch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A part of a wallet's statement, day by day in the reseller's zone, the newest first. By day, the hours charged on a day are
 * one row; by hour, each is its own. It goes on by the number of the entry, and each line carries the balance after it, so that
 * no line depends on those before.
 */
public final class Statement {
    /** Filter: the first day. */
    static final String FROM = "from";

    /** Filter: the last day. */
    static final String TO = "to";

    /** Filter: the kind of entry, in small letters. */
    static final String KIND = "kind";

    /** Filter: {@link #HOUR} for each hour in a row of its own. */
    static final String BY = "by";

    static final String HOUR = "hour";

    /** Lines that a row by day is made of, at most as a rule: those of its hours, and some by hand. */
    private static final int LINES_A_ROW = 40;

    private Statement() {}

    /**
     * A row: one line, or all hours of a day.
     *
     * @param day on which it was
     * @param line the line; of several hours, the last
     * @param amount the amount, of several hours their sum
     * @param hours how many hours, 1 for any other line
     */
    public record Row(LocalDate day, Wallets.Line line, Money amount, int hours) {
        /** Whether the row stands for more than its line. */
        public boolean isSum() {
            return hours > 1;
        }
    }

    /** The part that somebody wants to see. */
    static Stretch<Row> of(OrganizationWallets wallets, UUID walletId, Wish wish, ZoneId zone) {
        var isByHour = wish.filter(BY).filter(HOUR::equals).isPresent();
        var limit = isByHour ? wish.limit() : wish.limit() * LINES_A_ROW;
        var found = wallets.statement(walletId, selection(wish, zone), before(wish), limit + 1);
        var isMore = found.size() > limit;
        var lines = isMore ? found.subList(0, limit) : found;
        if (isMore && !isByHour) {
            lines = wholeDays(lines, zone);
        }
        var next = isMore ? Long.toString(lines.get(lines.size() - 1).entryId()) : "";
        return new Stretch<>(rows(lines, zone, isByHour), next);
    }

    /** Which lines a wish is for. */
    static Wallets.Selection selection(Wish wish, ZoneId zone) {
        var days = Days.of(wish.filter(FROM).orElse(null), wish.filter(TO).orElse(null));
        return new Wallets.Selection(days.in(zone), wish.filter(KIND).map(kind -> kind.toUpperCase(Locale.ROOT)));
    }

    /** The entry before which they are. */
    static long before(Wish wish) {
        return wish.filter(ListAddress.BEFORE).map(Long::parseLong).orElse(Long.MAX_VALUE);
    }

    /** Without the last day, of which there are more lines; unless it is the only one. */
    private static List<Wallets.Line> wholeDays(List<Wallets.Line> lines, ZoneId zone) {
        var cut = day(lines.get(lines.size() - 1), zone);
        var whole = lines.stream().filter(line -> !day(line, zone).equals(cut)).toList();
        return whole.isEmpty() ? lines : whole;
    }

    static List<Row> rows(List<Wallets.Line> lines, ZoneId zone, boolean byHour) {
        var days = new LinkedHashMap<LocalDate, List<Wallets.Line>>();
        for (var line : lines) {
            days.computeIfAbsent(day(line, zone), any -> new ArrayList<>()).add(line);
        }
        return days.entrySet().stream()
                .flatMap(day ->
                        (byHour ? single(day.getKey(), day.getValue()) : summed(day.getKey(), day.getValue())).stream())
                .toList();
    }

    private static List<Row> single(LocalDate day, List<Wallets.Line> lines) {
        return lines.stream().map(line -> new Row(day, line, line.amount(), 1)).toList();
    }

    /** The hours first, which end with the day, then what happened within it. */
    private static List<Row> summed(LocalDate day, List<Wallets.Line> lines) {
        var rows = new ArrayList<Row>();
        var hours = lines.stream().filter(Statement::isHour).toList();
        hours.stream()
                .map(Wallets.Line::amount)
                .reduce(Money::plus)
                .ifPresent(sum -> rows.add(new Row(day, hours.get(0), sum, hours.size())));
        lines.stream()
                .filter(line -> !isHour(line))
                .map(line -> new Row(day, line, line.amount(), 1))
                .forEach(rows::add);
        return List.copyOf(rows);
    }

    /** Whether a line is for an hour that names itself. */
    static boolean isHour(Wallets.Line line) {
        return line.kind().equals("CHARGE") && !line.source().startsWith("service:");
    }

    /** An hour that ends at midnight is of the day before. */
    static LocalDate day(Wallets.Line line, ZoneId zone) {
        Instant within = line.at().minus(1, ChronoUnit.MICROS);
        return LocalDate.ofInstant(within, zone);
    }
}
