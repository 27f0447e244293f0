package io.tenantry.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.storefront.Availability.Day;
import io.tenantry.brand.storefront.Incidents.Impact;
import io.tenantry.brand.storefront.Incidents.Incident;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** Noon in Berlin, two and a half days after the first of three days began. */
    private static final Instant NOW = Instant.parse("2026-11-21T11:00:00Z");

    @Test
    void reportsFullUptimeWithoutDisruptions() {
        var calm = of(List.of());
        assertThat(calm.uptime()).isEqualByComparingTo("100");
        assertThat(calm.days())
                .containsExactly(
                        new Day(LocalDate.of(2026, 11, 19), Optional.empty()),
                        new Day(LocalDate.of(2026, 11, 20), Optional.empty()),
                        new Day(LocalDate.of(2026, 11, 21), Optional.empty()));
    }

    @Test
    void showsTheWorstImpactOfEachDayInTheTenantsTimeZone() {
        // The second night: 23:30 to 00:30 in Berlin.
        var night = disruption(Impact.DEGRADED, "fra1", "2026-11-19T22:30:00Z", "2026-11-19T23:30:00Z");
        var work = disruption(Impact.MAINTENANCE, "fra1", "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z");
        var days = of(List.of(night, work)).days();
        assertThat(days)
                .extracting(Day::worst)
                .containsExactly(Optional.of(Impact.DEGRADED), Optional.of(Impact.DEGRADED), Optional.empty());
    }

    @Test
    void countsOverlappingOutagesOnce() {
        // Three hours of sixty.
        var one = disruption(Impact.OUTAGE, "fra1", "2026-11-20T10:00:00Z", "2026-11-20T12:00:00Z");
        var other = disruption(Impact.OUTAGE, null, "2026-11-20T11:00:00Z", "2026-11-20T13:00:00Z");
        var within = disruption(Impact.OUTAGE, "fra1", "2026-11-20T10:30:00Z", "2026-11-20T10:45:00Z");
        assertThat(of(List.of(within, other, one)).uptime()).isEqualTo(new BigDecimal("95.00"));
    }

    @Test
    void countsAnOngoingOutageUntilNow() {
        var open = disruption(Impact.OUTAGE, "fra1", "2026-11-21T10:00:00Z", null);
        assertThat(of(List.of(open)).uptime()).isEqualTo(new BigDecimal("98.33"));
        assertThat(Availability.at(List.of(open), NOW)).contains(Impact.OUTAGE);
    }

    @Test
    void neverRoundsAnOutageAway() {
        var second = disruption(Impact.OUTAGE, "fra1", "2026-11-21T10:00:00Z", "2026-11-21T10:00:01Z");
        assertThat(of(List.of(second)).uptime()).isEqualTo(new BigDecimal("99.99"));
    }

    @Test
    void excludesOtherRegionsAndDegradationFromDowntime() {
        var elsewhere = disruption(Impact.OUTAGE, "ams1", "2026-11-21T10:00:00Z", null);
        var slow = disruption(Impact.DEGRADED, "fra1", "2026-11-21T10:00:00Z", null);
        var shown = of(List.of(elsewhere, slow));
        assertThat(shown.uptime()).isEqualByComparingTo("100");
        assertThat(shown.days().get(2).worst()).contains(Impact.DEGRADED);
        assertThat(Availability.at(List.of(elsewhere, slow), NOW)).contains(Impact.OUTAGE);
    }

    @Test
    void ignoresFutureDisruptions() {
        var tomorrow = disruption(Impact.MAINTENANCE, null, "2026-11-21T12:00:00Z", null);
        assertThat(Availability.at(List.of(tomorrow), NOW)).isEmpty();
        assertThat(of(List.of(tomorrow)).days().get(2).worst()).isEmpty();
    }

    private static Availability of(List<Incident> all) {
        return Availability.of(all, "fra1", 3, NOW, BERLIN);
    }

    private static Incident disruption(Impact impact, @Nullable String region, String from, @Nullable String to) {
        return new Incident(
                new UUID(1, from.hashCode()),
                "Something",
                impact,
                Optional.ofNullable(region),
                Instant.parse(from),
                Optional.ofNullable(to).map(Instant::parse),
                List.of());
    }
}
