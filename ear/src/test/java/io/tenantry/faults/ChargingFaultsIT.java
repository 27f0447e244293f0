package io.tenantry.faults;

import static io.tenantry.faults.Resellers.ROUNDS;
import static io.tenantry.faults.Resellers.await;
import static io.tenantry.faults.Resellers.showOutcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Cluster;
import io.tenantry.isolation.CanaryTenant;
import io.tenantry.isolation.RawConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes charge three resellers for many hours while faults hit at random moments; see {@link Resellers}. */
@Tag("full")
class ChargingFaultsIT {
    /** Enough hours to be disturbed; long runs use more. */
    private static final int HOURS_A_ROUND = ROUNDS > 1 ? 12 : 6;

    private static final int DISTURBANCES = 25;

    /** An additional reseller, one of whose customers has a page open. */
    private static final Set<String> RUN = Set.of("run");

    private static final String BYSTANDER = "onlooker";

    @TempDir
    static Path folder;

    private static Resellers resellers;
    private static Cluster cluster;

    @BeforeAll
    static void startNodes() throws IOException {
        resellers = Resellers.on(folder);
        cluster = resellers.cluster();
    }

    @AfterAll
    static void stopNodes() {
        resellers.close();
    }

    @AfterEach
    void everyHourIsChargedOnce() {
        resellers.requireEveryHourChargedOnce();
    }

    @Test
    void twoNodesShareTheWork() {
        later();
        var first = cluster.number("select coalesce(max(id), 0) from work.charging_slice");

        await(List.of(work("a"), work("b")));

        for (var node : List.of("a", "b")) {
            assertThat(cluster.number("select count(*) from work.charging_slice where id > " + first + " and node = '"
                            + node + "'"))
                    .as("slices of node " + node)
                    .isPositive();
        }
    }

    @Test
    void pagesOfOtherNodeShowChargesAtOnce() throws Exception {
        cluster.driver("a").createUniformTenant(BYSTANDER, 3, 2, "7.30", "1000");
        cluster.driver("a").plantCanaries(BYSTANDER);
        var port = cluster.node("b").httpPort();
        cluster.node("b").await("the other node knows the host", Duration.ofSeconds(30), () -> isKnown(port));
        var session = CanaryTenant.signIn(port, BYSTANDER);
        try (var page = new OpenPage(port, BYSTANDER + ".localhost", session, 0)) {
            assertThat(page.hears(RUN, 1_000)).as("before anything is charged").isFalse();
            later();
            await(List.of(work("a")));
            assertThat(page.hears(RUN, 10_000)).isTrue();
        }
        try (var late = new OpenPage(port, BYSTANDER + ".localhost", session, 15_000)) {
            // A node that has missed signals for that long reports that anything may have changed.
            assertThat(late.hears(Set.of("run", "again"), 5_000))
                    .as("by a page that was asked for before and listens only now")
                    .isTrue();
        }
    }

    private static boolean isKnown(int port) throws IOException {
        try (var rawConnection = new RawConnection(port)) {
            return rawConnection
                            .send("GET /sign-in HTTP/1.1\r\nHost: " + BYSTANDER + ".localhost\r\n\r\n")
                            .status()
                    == 200;
        }
    }

    @Test
    void otherNodeTakesOverFromKilledNode() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var victim = resellers.random().nextBoolean() ? "a" : "b";
            var other = victim.equals("a") ? "b" : "a";
            var lost = work(victim);
            var survivor = work(other);
            pause(50, 900);
            cluster.node(victim).kill();
            assertThat(lost).failsWithin(Duration.ofSeconds(30));
            var killed = System.nanoTime();
            await(List.of(survivor));
            showOutcome("node %s killed; all done %d ms later", victim, (System.nanoTime() - killed) / 1_000_000);
            cluster.start(victim);
        }
    }

    @Test
    void recoversAfterBothNodesAreKilled() {
        later();
        var lost = List.of(work("a"), work("b"));
        pause(50, 600);
        cluster.node("a").kill();
        cluster.node("b").kill();
        lost.forEach(one -> assertThat(one).failsWithin(Duration.ofSeconds(30)));

        cluster.start("a", "b");
        await(List.of(work("a")));
    }

    @Test
    void recoversAfterDatabaseIsKilled() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var work = List.of(work("a"), work("b"));
            pause(50, 900);
            cluster.database().crash();
            pause(0, 500);
            cluster.database().restart();
            resellers.settle(work);
        }
    }

    @Test
    void resolvesCommitsWithLostAnswers() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            cluster.proxy().loseAnswers(10);
            var work = List.of(work("a"), work("b"));
            pause(50, 300);
            cluster.proxy().loseCommits(10);
            resellers.settle(work);
            assertThat(cluster.proxy().toLose()).isZero();
        }
    }

    @Test
    void losesNothingWhenConnectionsAreCut() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var work = List.of(work("a"), work("b"));
            for (var cuts = 0; cuts < 10; cuts++) {
                cluster.proxy().cutAfter(resellers.random().nextInt(20_000));
                pause(5, 60);
            }
            resellers.settle(work);
        }
    }

    @Test
    void nodeFrozenBeyondItsLeaseDoesNoHarm() {
        later();
        var frozen = work("b");
        pause(50, 300);
        cluster.signal("b", "STOP");
        try {
            var survivor = work("a");
            pause(2_500, 3_000);
            cluster.signal("b", "CONT");
            await(List.of(survivor, frozen));
        } finally {
            cluster.signal("b", "CONT");
        }
    }

    @Test
    void nodeFrozenInTransactionDelaysOtherForSecondsOnly() {
        var frozen = freezeInATransaction("b");
        try {
            var began = System.nanoTime();
            await(List.of(work("a")));
            var took = Duration.ofNanos(System.nanoTime() - began);
            showOutcome("node b stands still in a transaction; all done %d ms later", took.toMillis());
            assertThat(took).isLessThan(Duration.ofSeconds(60));
        } finally {
            cluster.signal("b", "CONT");
        }
        resellers.settle(frozen);
    }

    /** Freezes the node within a transaction; whatever it holds in the database stays held. Returns its work. */
    private static List<Future<Duration>> freezeInATransaction(String node) {
        var works = new ArrayList<Future<Duration>>();
        while (true) {
            if (works.stream().allMatch(Future::isDone)) {
                later();
                works.add(work(node));
            }
            pause(20, 200);
            cluster.signal(node, "STOP");
            pause(200, 300);
            if (cluster.number("select count(*) from pg_stat_activity where usename = 'tenantry'"
                            + " and state = 'idle in transaction' and query like '%charge%'")
                    > 0) {
                return works;
            }
            cluster.signal(node, "CONT");
        }
    }

    @Test
    void chargesNothingTwiceWhenClockStepsBack() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var work = List.of(work("a"), work("b"));
            pause(20, 200);
            resellers.clock("b", Duration.ofHours(-3));
            pause(20, 200);
            await(work);
            await(List.of(work("b")));
            resellers.clock("b", Duration.ZERO);
            await(List.of(work("b")));
        }
    }

    @Test
    void chargesResellersCreatedDuringRun() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var work = List.of(work("a"), work("b"));
            resellers.add("comer" + round, "b");
            await(work);
            resellers.later(1);
            await(List.of(work("a"), work("b")));
        }
    }

    @Test
    void chargesOnceWhenExecutionsAreRestartedStoppedOrAbandoned() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var work = List.of(work("a"), work("b"));
            var disturbances = new ArrayList<Future<String>>();
            for (var node : List.of("a", "b", "a", "b")) {
                var seed = resellers.random().nextLong();
                disturbances.add(resellers.doing(() -> cluster.driver(node).disturbJobs(seed, DISTURBANCES)));
            }
            for (var each : disturbances) {
                showOutcome("meddled: %s", each.get());
            }
            resellers.settle(work);
        }
    }

    @Test
    void batchNeedsFewRoundTrips() {
        later();
        var before = cluster.proxy().roundTrips();
        var wallets = walletHours();
        await(List.of(work("a")));
        var trips = cluster.proxy().roundTrips() - before;
        var batches = (walletHours() - wallets) / 40;
        showOutcome("%d round trips for %d batches of 40 wallets", trips, batches);
        // Of the 600 wallets of a run, each of three slices has five batches of forty; claiming and planning are
        // included.
        assertThat((double) trips / batches).isLessThan(16);
    }

    private static long walletHours() {
        return cluster.number("select coalesce(sum(wallets), 0) from work.charging_slice");
    }

    private static void later() {
        resellers.later(HOURS_A_ROUND);
    }

    private static Future<Duration> work(String node) {
        return resellers.work(node);
    }

    private static void pause(int fromMillis, int toMillis) {
        resellers.pause(fromMillis, toMillis);
    }
}
