package io.tenantry.billing.accounting;

import io.tenantry.kernel.query.ListQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Range of accounting days. An entry that took effect at midnight belongs to the day that ended, as the last hour of it, as in wallet
 * statements.
 *
 * @param from the first day
 * @param to the last day, not before the first
 */
public record AccountingPeriod(LocalDate from, LocalDate to) {
    /** Filter: the first day. */
    public static final String FROM = "from";

    /** Filter: the last day. */
    public static final String TO = "to";

    private static final int YEAR_LEAST = 1970;
    private static final int YEAR_MOST = 9998;

    public AccountingPeriod {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the last day " + to + " is before the first, " + from);
        }
    }

    /**
     * Returns the days that a query names. The last day defaults to today, or to the first day if that is later; the first day defaults to the
     * first of the last day's month.
     */
    public static AccountingPeriod of(ListQuery listQuery, LocalDate today) {
        var first = listQuery.filter(FROM).flatMap(AccountingPeriod::day);
        var last = listQuery
                .filter(TO)
                .flatMap(AccountingPeriod::day)
                .orElseGet(() -> first.filter(day -> day.isAfter(today)).orElse(today));
        var from = first.orElse(last.withDayOfMonth(1));
        return new AccountingPeriod(from, last.isBefore(from) ? from : last);
    }

    /** The instant after which entries of these days took effect, exclusive. */
    Instant after(ZoneId zone) {
        return from.atStartOfDay(zone).toInstant();
    }

    /** The instant until which entries of these days took effect, inclusive. */
    Instant until(ZoneId zone) {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text))
                    .filter(day -> day.getYear() >= YEAR_LEAST && day.getYear() <= YEAR_MOST);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
