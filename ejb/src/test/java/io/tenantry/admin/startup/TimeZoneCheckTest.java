package io.tenantry.admin.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.startup.TimeZoneCheck.MonthStart;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Different time zone data of Java and PostgreSQL are found at the start. */
class TimeZoneCheckTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void findsAMonthThatStartsAtAnotherTimeInPostgres() {
        var same = new MonthStart(BERLIN, YearMonth.of(2026, 11), Instant.parse("2026-10-31T23:00:00Z"));
        var earlier = new MonthStart(BERLIN, YearMonth.of(2026, 11), Instant.parse("2026-10-31T22:00:00Z"));

        assertThat(same.isSame()).isTrue();
        assertThat(earlier.isSame()).isFalse();
        assertThat(earlier)
                .hasToString("Europe/Berlin 2026-11 starts at 2026-10-31T23:00:00Z by Java, at 2026-10-31T22:00:00Z by"
                        + " PostgreSQL");
    }

    /** Rules of these zones are the same in all versions of the data. */
    @Test
    void findsNothingInZonesWithStableRules() {
        var billingFixture = new BillingFixture("zones-stable", "EUR", "Europe/Berlin");
        var check = new TimeZoneCheck(
                billingFixture.sql, billingFixture.clock, new TenantDirectory(Database.administration()));

        assertThat(Database.in(Scope.PLATFORM, check::differences))
                .extracting(MonthStart::zone)
                .doesNotContain(BERLIN, ZoneId.of("UTC"), ZoneId.of("Asia/Kolkata"));
    }
}
