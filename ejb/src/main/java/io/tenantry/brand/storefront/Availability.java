package io.tenantry.brand.storefront;

import io.tenantry.brand.storefront.Incidents.Impact;
import io.tenantry.brand.storefront.Incidents.Incident;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The availability of a region over the last days, calculated from its reported incidents. Pure: no clock, no database.
 *
 * @param days the oldest first, the last one is today
 * @param uptime the share of the time without an outage, in percent with two decimals, rounded down so that an outage is never hidden
 */
public record Availability(List<Day> days, BigDecimal uptime) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** A day in the reseller's time zone, with the worst impact on it. */
    public record Day(LocalDate date, Optional<Impact> worst) {}

    /**
     * Returns the days of a region until now.
     *
     * @param all incidents of every region
     * @param region a region's code
     * @param now part of the last day
     */
    public static Availability of(List<Incident> all, String region, int days, Instant now, ZoneId zone) {
        var concerned = all.stream()
                .filter(each -> each.region().map(region::equals).orElse(true))
                .toList();
        var today = now.atZone(zone).toLocalDate();
        var list = new ArrayList<Day>();
        for (var date = today.minusDays(days - 1L); !date.isAfter(today); date = date.plusDays(1)) {
            var from = date.atStartOfDay(zone).toInstant();
            var end = date.plusDays(1).atStartOfDay(zone).toInstant();
            list.add(new Day(date, worst(concerned, from, end.isBefore(now) ? end : now)));
        }
        var from = today.minusDays(days - 1L).atStartOfDay(zone).toInstant();
        return new Availability(List.copyOf(list), uptime(concerned, from, now));
    }

    /** Returns the worst impact in progress at a time. */
    public static Optional<Impact> at(List<Incident> all, Instant now) {
        return all.stream()
                .filter(each -> each.lasts(now))
                .map(Incident::impact)
                .max(Comparator.naturalOrder());
    }

    private static Optional<Impact> worst(List<Incident> all, Instant from, Instant to) {
        return all.stream()
                .filter(each -> each.within(from, to).compareTo(Duration.ZERO) > 0)
                .map(Incident::impact)
                .max(Comparator.naturalOrder());
    }

    /** Outages that overlap count once. */
    private static BigDecimal uptime(List<Incident> all, Instant from, Instant to) {
        var outages = all.stream()
                .filter(each -> each.impact() == Impact.OUTAGE)
                .sorted(Comparator.comparing(Incident::beganAt))
                .toList();
        var down = Duration.ZERO;
        var counted = from;
        for (var outage : outages) {
            var rest = outage.within(counted, to);
            down = down.plus(rest);
            if (rest.compareTo(Duration.ZERO) > 0) {
                counted = outage.endedAt().filter(end -> end.isBefore(to)).orElse(to);
            }
        }
        var whole = BigDecimal.valueOf(Duration.between(from, to).toSeconds());
        if (whole.signum() == 0) {
            return HUNDRED.setScale(2);
        }
        return whole.subtract(BigDecimal.valueOf(down.toSeconds()))
                .multiply(HUNDRED)
                .divide(whole, 2, RoundingMode.DOWN);
    }
}
