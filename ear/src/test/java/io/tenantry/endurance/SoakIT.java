package io.tenantry.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.endurance.Soak.Effort;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link Soak}. */
@Tag("full")
class SoakIT {
    private static final Effort SHORT = new Effort(1, Duration.ofSeconds(30), Duration.ofSeconds(5), 250, 4, 12, 2);

    @TempDir
    static Path folder;

    @Test
    void chargesEachHourOnceAndAnswersAllRequestsUnderLoadAndFaults() throws Exception {
        try (var cluster = Soak.cluster(folder)) {
            var result = Soak.run(cluster, SHORT, Long.getLong("tenantry.soak.seed", System.nanoTime()));

            assertThat(result.wrong()).isEmpty();
            var figures = result.figures().all();
            assertThat(figures).containsEntry("requests_not_answered_right", 0.0);
            assertThat(figures.get("faults")).isGreaterThanOrEqualTo(5);
            assertThat(figures.get("orders")).isPositive();
            assertThat(figures.get("hours_charged")).isGreaterThan(2.0 * SHORT.hours());
        }
    }
}
