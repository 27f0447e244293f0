package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingPeriodTest {
    private static final YearMonth FIRST = YearMonth.of(2024, 1);
    private static final YearMonth LAST = YearMonth.of(2035, 12);
    private static final long HOUR = 3_600;

    /**
     * For every existing zone. Periods are contiguous without gap or overlap, so that each hour starts in exactly one; every hour within half a
     * day of an end is checked, and one hour a day in between, where only the calendar decides.
     */
    @Tag("full")
    @Test
    void everyHourOfTwelveYearsIsInOnePeriodInEveryZone() {
        for (var name : ZoneId.getAvailableZoneIds()) {
            var zone = ZoneId.of(name);
            var period = BillingPeriod.of(FIRST, zone);
            var from = hourAtOrAfter(period.from());
            var hours = 0L;
            for (var month = FIRST; !month.isAfter(LAST); month = month.plusMonths(1)) {
                var next = BillingPeriod.of(month.plusMonths(1), zone);
                assertThat(period.to()).as("%s %s", name, month).isEqualTo(next.from());
                hours += hoursThatKnowIt(period, zone);
                period = next;
            }
            assertThat(hours).as(name).isEqualTo((hourAtOrAfter(period.from()) - from) / HOUR);
        }
    }

    private static long hoursThatKnowIt(BillingPeriod period, ZoneId zone) {
        var from = hourAtOrAfter(period.from());
        var to = hourAtOrAfter(period.to());
        var near = Duration.ofHours(12).toSeconds();
        for (var hour = from; hour < to; hour += HOUR) {
            if (hour - from < near || to - hour <= near || hour % (24 * HOUR) == 0) {
                var holding = BillingPeriod.holding(Instant.ofEpochSecond(hour), zone);
                if (!holding.equals(period) || !period.contains(Instant.ofEpochSecond(hour))) {
                    throw new AssertionError(Instant.ofEpochSecond(hour) + " in " + zone + ": " + holding);
                }
            }
        }
        return (to - from) / HOUR;
    }

    /** Where a zone's offset is not in whole hours, a month's end falls within an hour, which belongs to the month in which it starts. */
    private static long hourAtOrAfter(Instant instant) {
        return -Math.floorDiv(-instant.getEpochSecond(), HOUR) * HOUR;
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-03T22:59:59Z, 2026-09",
        "2026-11-03T23:00:00Z, 2026-10",
        "2026-12-03T22:59:59Z, 2026-10",
        "2026-12-03T23:00:00Z, 2026-11"
    })
    void isDueAfterItsWindow(Instant now, YearMonth month) {
        var berlin = ZoneId.of("Europe/Berlin");
        var window = Duration.ofDays(3);
        var due = BillingPeriod.latestDue(now, window, berlin);

        assertThat(due.month()).isEqualTo(month);
        assertThat(due.isDue(now, window)).isTrue();
        assertThat(BillingPeriod.of(month.plusMonths(1), berlin).isDue(now, window))
                .isFalse();
    }

    @Test
    void monthsCoverTheYear() {
        var whole = Duration.ZERO;
        for (var month = 1; month <= 12; month++) {
            var period = BillingPeriod.of(YearMonth.of(2028, month), ZoneOffset.UTC);
            whole = whole.plus(Duration.between(period.from(), period.to()));
        }
        assertThat(whole).isEqualTo(Duration.ofDays(Year.of(2028).length()));
    }
}
