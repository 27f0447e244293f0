package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A demo's clock passes no midnight without stopping at it. */
class DemoJourneyTest {
    @Test
    void takesOneStepForAFewHours() {
        assertThat(DemoJourney.step(Instant.parse("2026-11-25T10:00:00Z"), Duration.ofHours(1)))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void stopsAtEachMidnight() {
        var random = new Random(20261125);
        for (var journey = 0; journey < 200; journey++) {
            var now = Instant.parse("2026-02-25T00:00:00Z")
                    .plusNanos(random.nextLong(Duration.ofDays(9).toNanos()));
            var destination =
                    now.plusSeconds(1 + random.nextLong(Duration.ofDays(40).toSeconds()));
            var stops = new ArrayList<Instant>();
            while (now.isBefore(destination)) {
                now = now.plus(DemoJourney.step(now, Duration.between(now, destination)));
                stops.add(now);
            }
            assertThat(now).isEqualTo(destination);
            var day = stops.get(0).truncatedTo(ChronoUnit.DAYS);
            for (var stop : stops) {
                // The offset is stored in whole seconds, so that a stop is less than one second after midnight.
                assertThat(stop.truncatedTo(ChronoUnit.DAYS)).isIn(day, day.plus(1, ChronoUnit.DAYS));
                day = stop.truncatedTo(ChronoUnit.DAYS);
            }
        }
    }
}
