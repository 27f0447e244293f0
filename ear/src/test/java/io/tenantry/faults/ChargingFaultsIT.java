package io.tenantry.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.DatabaseProxy;
import io.tenantry.cluster.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes charge three resellers for hours on end while things break at random moments. Afterwards every server has paid for
 * every hour exactly once, and the auditor finds nothing.
 *
 * <p>{@code -Dtenantry.faults.rounds=100} breaks that often in each test; {@code -Dtenantry.faults.seed=...} repeats the moments.
 */
class ChargingFaultsIT {
    private static final List<String> RESELLERS = List.of("north", "east", "south");
    private static final int WALLETS = 600;
    private static final int PER_WALLET = 2;
    private static final int HOURS_A_ROUND = 12;
    private static final int ROUNDS = Integer.getInteger("tenantry.faults.rounds", 1);
    private static final long SEED = Long.getLong("tenantry.faults.seed", System.nanoTime());

    /** 7.30 a month is 0.01 an hour. */
    private static final String MONTHLY = "7.30";

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, String> SETTINGS = Map.of(
            "TENANTRY_CHARGING_BATCH_WALLETS", "40",
            "TENANTRY_CHARGING_SLICE_WALLETS", "200",
            "TENANTRY_CHARGING_LEASE", "PT2S",
            "TENANTRY_PASSWORD_MEMORY_KIB", "1024");

    @TempDir
    static Path folder;

    private static Cluster cluster;
    private static Random random;
    private static int hours = 1;

    private ExecutorService helpers;

    @BeforeAll
    static void startNodes() throws IOException {
        say("charging faults: seed %d, %d rounds", SEED, ROUNDS);
        random = new Random(SEED);
        cluster = Cluster.in(folder, SETTINGS);
        cluster.start("a", "b");
        cluster.at(BEGIN);
        for (var reseller : RESELLERS) {
            cluster.driver("a").mass(reseller, WALLETS, PER_WALLET, MONTHLY, "1000");
        }
        assertThat(cluster.driver("a").audit()).isEmpty();
    }

    @AfterAll
    static void stopNodes() {
        cluster.close();
    }

    @BeforeEach
    void hireHelpers() {
        helpers = Executors.newCachedThreadPool();
    }

    @AfterEach
    void everyHourIsChargedOnce() {
        helpers.shutdownNow();
        for (var reseller : RESELLERS) {
            var schema = "t_" + reseller;
            assertThat(cluster.number("select count(*) from " + schema + ".service"))
                    .isEqualTo(WALLETS * PER_WALLET);
            assertThat(cluster.number("select count(*) from (select sum(hours) h from " + schema
                            + ".rated_period group by service_id) s where h <> " + hours))
                    .as(reseller + ": servers that have not paid for exactly " + hours + " hours")
                    .isZero();
            assertThat(cluster.number("select count(*) from " + schema + ".wallet where balance <> 1000 - 0.01 * "
                            + hours * PER_WALLET))
                    .as(reseller + ": wallets that are off")
                    .isZero();
        }
        assertThat(cluster.number("select count(*) from work.charging_run where state <> 'DONE'"))
                .isZero();
        assertThat(cluster.driver("a").audit()).isEmpty();
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
    void aNodeThatIsKilledIsReplacedByTheOther() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var victim = random.nextBoolean() ? "a" : "b";
            var other = victim.equals("a") ? "b" : "a";
            var lost = work(victim);
            var survivor = work(other);
            pause(50, 900);
            cluster.node(victim).kill();
            assertThat(lost).failsWithin(Duration.ofSeconds(30));
            var killed = System.nanoTime();
            await(List.of(survivor));
            say("node %s killed; all done %d ms later", victim, (System.nanoTime() - killed) / 1_000_000);
            cluster.start(victim);
        }
    }

    @Test
    void bothNodesAreKilledAndStartedAgain() {
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
    void theDatabaseIsKilledAndComesBack() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var work = List.of(work("a"), work("b"));
            pause(50, 900);
            cluster.database().crash();
            pause(0, 500);
            cluster.database().restart();
            settle(work);
        }
    }

    @Test
    void commitsWhoseAnswerIsLostAreResolved() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            cluster.proxy().loseAnswers(10);
            var work = List.of(work("a"), work("b"));
            pause(50, 300);
            cluster.proxy().loseCommits(10);
            settle(work);
            assertThat(cluster.proxy().toLose()).isZero();
        }
    }

    @Test
    void linesThatAreCutAnywhereLoseNothing() {
        for (var round = 0; round < ROUNDS; round++) {
            later();
            var work = List.of(work("a"), work("b"));
            for (var cuts = 0; cuts < 10; cuts++) {
                cluster.proxy().cutAfter(random.nextInt(20_000));
                pause(5, 60);
            }
            settle(work);
        }
    }

    @Test
    void aNodeThatWasFrozenBeyondItsLeaseDoesNoHarm() throws IOException {
        later();
        var frozen = work("b");
        pause(50, 300);
        signal("b", "STOP");
        try {
            var survivor = work("a");
            pause(2_500, 3_000);
            signal("b", "CONT");
            await(List.of(survivor, frozen));
        } finally {
            signal("b", "CONT");
        }
    }

    @Test
    void aBatchNeedsFewRoundTrips() {
        later();
        var before = cluster.proxy().roundTrips();
        var wallets = walletHours();
        await(List.of(work("a")));
        var trips = cluster.proxy().roundTrips() - before;
        var batches = (walletHours() - wallets) / 40;
        say("%d round trips for %d batches of 40 wallets", trips, batches);
        // Of the 600 wallets of a run, five batches of forty are in each of three slices; claiming and planning are in
        // it.
        assertThat((double) trips / batches).isLessThan(16);
    }

    private static long walletHours() {
        return cluster.number("select coalesce(sum(wallets), 0) from work.charging_slice");
    }

    /** Some hours pass. */
    private static void later() {
        hours += HOURS_A_ROUND;
        // A server's hour begins with the minute of its activation: those activated at BEGIN have begun `hours` of them
        // now.
        cluster.at(BEGIN.plus(Duration.ofHours(hours)));
    }

    private Future<Duration> work(String node) {
        return helpers.submit(() -> cluster.driver(node).work());
    }

    /** Whatever became of the work that was disturbed: done again, it is done. */
    private void settle(List<Future<Duration>> disturbed) {
        disturbed.forEach(ChargingFaultsIT::succeeds);
        for (var tries = 0; tries < 20 && !succeeds(work("a")); tries++) {
            pause(50, 100);
        }
        await(List.of(work("a")));
    }

    private static boolean succeeds(Future<Duration> work) {
        try {
            work.get();
            return true;
        } catch (ExecutionException broken) {
            say("disturbed: %s", String.valueOf(broken.getMessage()));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(List<Future<Duration>> work) {
        var all = new ArrayList<Duration>();
        for (var one : work) {
            assertThat(one).succeedsWithin(Duration.ofMinutes(2)).satisfies(all::add);
        }
        say("worked %s", all);
    }

    private static void signal(String node, String signal) throws IOException {
        new ProcessBuilder(
                        "kill",
                        "-" + signal,
                        Long.toString(cluster.node(node).process().pid()))
                .inheritIO()
                .start()
                .onExit()
                .join();
    }

    private static void pause(int fromMillis, int toMillis) {
        DatabaseProxy.pause(Duration.ofMillis(random.nextInt(fromMillis, toMillis)));
    }

    private static void say(String format, Object... values) {
        Results.say(String.format(Locale.ROOT, format, values));
    }
}
