package io.tenantry.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingMonthTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-15T12:00:00Z, Europe/Berlin, 2026-03, 743",
        "2026-10-15T12:00:00Z, Europe/Berlin, 2026-10, 745",
        "2026-10-15T12:00:00Z, UTC, 2026-10, 744",
        "2026-12-31T23:30:00Z, Europe/Berlin, 2027-01, 744",
        "2027-01-01T04:30:00Z, America/New_York, 2026-12, 744",
        "2028-02-29T00:00:00Z, UTC, 2028-02, 696"
    })
    void followsTheTimeZoneOfTheTenant(Instant instant, ZoneId zone, YearMonth name, long hours) {
        var month = BillingMonth.of(instant, zone);
        assertThat(month.month()).isEqualTo(name);
        assertThat(month.from()).isBeforeOrEqualTo(instant);
        assertThat(month.to()).isAfter(instant);
        assertThat(Duration.between(month.from(), month.to())).isEqualTo(Duration.ofHours(hours));
        assertThat(BillingMonth.of(month.to(), zone).from()).isEqualTo(month.to());
    }
}
