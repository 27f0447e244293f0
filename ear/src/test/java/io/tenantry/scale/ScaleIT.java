package io.tenantry.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@link Scale}, concurrently with other tests: limits in milliseconds are measured by the long form, on a quiet machine.
 * {@code ConnectionsIT} covers retired connections.
 */
@Tag("full")
class ScaleIT {
    private static final int TENANTS = 25;

    private static Map<String, Double> figures = Map.of();

    @BeforeAll
    static void measure() throws Exception {
        var folder = Files.createDirectories(Path.of("target", "scale")).toAbsolutePath();
        try (var cluster = Cluster.brief(folder, Scale.SETTINGS)) {
            figures =
                    Scale.measure(cluster, TENANTS, Scale.Effort.SHORT, folder).all();
        }
    }

    @Test
    void creationTimeStaysAboutConstant() {
        assertThat(of("creation_p50_ms"))
                .isLessThan(5_000)
                .isLessThan(3 * figures.getOrDefault("creation_p50_ms_at_10", 0.0));
    }

    @Test
    void failedMigrationOfOneTenantStopsNoOther() {
        assertThat(of("migrated")).isEqualTo(TENANTS - 1);
        assertThat(figures).containsEntry("broken_answers", 503.0);
    }

    @Test
    void databaseProcessesUseLittleMemory() {
        assertThat(of("backends")).isPositive();
        assertThat(of("backends_all_mib")).isPositive().isLessThan(2_048);
    }

    @Test
    void invariantsHoldAfterDatabaseCrash() {
        assertThat(of("crash_recovery_s")).isLessThan(5);
        assertThat(figures).containsEntry("invariants_broken_after_the_crash", 0.0);
    }

    private static double of(String figure) {
        return figures.getOrDefault(figure + "_at_" + TENANTS, Double.NaN);
    }
}
