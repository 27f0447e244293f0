package io.tenantry.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link Speed}: the job against hand-written SQL, and its number of database statements. */
@Tag("measured")
class SpeedIT {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int WALLETS = 10_000;
    private static final int PER_WALLET = 2;

    /** Enough to make the fixed cost of a run as small as in production. */
    private static final int MANY_WALLETS = 40_000;

    /** Pairs with a larger spread were disturbed by other load. */
    private static final double INCONCLUSIVE = 1.3;

    @TempDir
    static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void startNode() throws IOException {
        cluster = Cluster.in(folder, Map.of());
        cluster.start("a");
        cluster.at(BEGIN);
        cluster.driver("a").createUniformTenant("ours", WALLETS, PER_WALLET, "7.30", "1000");
        cluster.driver("a").createUniformTenant("hand", WALLETS, PER_WALLET, "7.30", "1000");
        cluster.driver("a").createUniformTenant("trips", MANY_WALLETS, 1, "7.30", "1000");
    }

    @AfterAll
    static void stopNode() {
        cluster.close();
    }

    @Test
    void chargesAtLeastHalfAsFastAsHandWrittenSql() throws SQLException {
        try (var byHand = new HandWritten(cluster.database().superuser(), "t_hand")) {
            var job = new ChargingJob("job", cluster.driver("a"), List.of("ours"));
            var speedComparison = new SpeedComparison(cluster, WALLETS * PER_WALLET, BEGIN);

            speedComparison.warmUp(60);
            var verdict = speedComparison.between(job, byHand, 4, Duration.ofMillis(500));
            Results.showOutcome("20,000 servers, 2 a wallet: " + verdict.line());
            for (var again = 0; again < 2 && verdict.spread() > INCONCLUSIVE && verdict.ratio() <= 0.5; again++) {
                verdict = speedComparison.between(job, byHand, 4, Duration.ofMillis(500));
                Results.showOutcome("the machine was not quiet; again: " + verdict.line());
            }

            for (var side : List.of(
                    Map.entry("t_ours", speedComparison.hoursOf(job)),
                    Map.entry("t_hand", speedComparison.hoursOf(byHand)))) {
                assertThat(cluster.number("select count(*) from " + side.getKey()
                                + ".wallet where balance <> 1000 - 0.01 * " + PER_WALLET * side.getValue()))
                        .as(side.getKey() + ": wallets that are off")
                        .isZero();
            }
            assertThat(verdict.ratio()).isGreaterThan(0.5);
        }
    }

    @Test
    void needsAtMostTenRoundTripsForThousandWallets() {
        cluster.driver("a").activateOnly(List.of("trips"));
        cluster.driver("a").charge(BEGIN.plus(Duration.ofHours(2)));
        var before = cluster.proxy().roundTrips();

        cluster.driver("a").charge(BEGIN.plus(Duration.ofHours(3)));

        var trips = (double) (cluster.proxy().roundTrips() - before) * 1_000 / MANY_WALLETS;
        Results.showOutcome("round trips for 1,000 wallets, all of the job included: " + trips);
        assertThat(trips).isBetween(1.0, 10.0);
    }
}
