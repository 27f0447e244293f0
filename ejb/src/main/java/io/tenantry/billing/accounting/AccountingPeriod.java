package io.tenantry.billing.accounting;

import io.tenantry.kernel.query.ListQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Days of the books. What took effect at midnight belongs to the day that ended: it is the last hour of it, as in statements of wallets.
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

    /** The days that a wish names; from the first of the month up to the last of them, or up to today, where it names none. */
    public static AccountingPeriod of(ListQuery listQuery, LocalDate today) {
        var first = listQuery.filter(FROM).flatMap(AccountingPeriod::day);
        var last = listQuery
                .filter(TO)
                .flatMap(AccountingPeriod::day)
                .orElseGet(() -> first.filter(day -> day.isAfter(today)).orElse(today));
        var from = first.orElse(last.withDayOfMonth(1));
        return new AccountingPeriod(from, last.isBefore(from) ? from : last);
    }

    /** What is of these days took effect later than this. */
    Instant after(ZoneId zone) {
        return from.atStartOfDay(zone).toInstant();
    }

    /** What is of these days took effect not later than this. */
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
