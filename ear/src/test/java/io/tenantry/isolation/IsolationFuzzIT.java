package io.tenantry.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.bench.Driver;
import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fifty tenants with the same identifiers, 200 callers, five connections to the database: no response, by key or in a browser, contains another
 * tenant's canary. {@code -Dtenantry.isolation.requests=1000000} is the long form, {@code -Dtenantry.isolation.seed=...} repeats one.
 */
@Tag("full")
class IsolationFuzzIT {
    private static final int TENANTS = Integer.getInteger("tenantry.isolation.tenants", 50);
    private static final int REQUESTS = Integer.getInteger("tenantry.isolation.requests", 100_000);
    private static final long SEED = Long.getLong("tenantry.isolation.seed", System.nanoTime());
    private static final int CALLERS = 200;

    /** Five times as many as connections to the database, but fewer than workers: no request is refused because it waits too long for one. */
    private static final int OVER_THE_WIRE = 24;

    private static final int REQUESTS_SHORT = 100_000;

    /**
     * One in this many is sent over the wire, to API addresses and pages; the others are done by threads within the server. The long form sends
     * twice as many.
     */
    private static final int OVER_THE_WIRE_ONE_IN = REQUESTS > REQUESTS_SHORT ? 20 : 40;

    /** A network address has one unknown sign-in being checked and one that waits; a third is asked to retry. */
    private static final int MAKERS = 2;

    /** One in this many requests is for a page, which costs as much as ten others. */
    private static final int PAGES_ONE_IN = 12;

    private static final Map<String, String> SETTINGS = Map.of(
            "TENANTRY_DB_POOL", "5",
            "TENANTRY_API_RATE_KEY", "1000000",
            "TENANTRY_API_RATE_TENANT", "10000000",
            "TENANTRY_API_RATE_ADDRESS", "1000000",
            "TENANTRY_PASSWORD_MEMORY_KIB", "1024");

    /** Kept, with the server's log, until the next run. */
    private static final Path FOLDER = Path.of("target", "isolation");

    private static Cluster cluster;
    private static List<CanaryTenant> homes;

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger foreign = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    @BeforeAll
    static void makeTenants() throws Exception {
        cluster = Cluster.direct(FOLDER.toAbsolutePath(), SETTINGS);
        cluster.start("a");
        var began = System.nanoTime();
        var makers = Executors.newFixedThreadPool(MAKERS);
        try {
            var making = IntStream.rangeClosed(1, TENANTS)
                    .mapToObj(number -> makers.submit(() -> CanaryTenant.make(driver(), port(), number)))
                    .toList();
            homes = all(making);
        } finally {
            makers.shutdown();
        }
        Results.showOutcome(
                "isolation: " + TENANTS + " tenants with people and canaries in " + secondsSince(began) + " s");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static int port() {
        return cluster.node("a").httpPort();
    }

    private static Driver driver() {
        return cluster.driver("a");
    }

    @Test
    void transactionsNeverReadRowsOfOtherTenants() {
        var began = System.nanoTime();
        var told = driver().runConcurrently(
                        homes.stream().map(CanaryTenant::slug).toList(),
                        CALLERS,
                        REQUESTS - REQUESTS / OVER_THE_WIRE_ONE_IN,
                        SEED);
        Results.showOutcome(String.format(
                "isolation: %s transactions of %d threads for %d tenants on 5 connections in %d s (seed %d)",
                told.get(0), CALLERS, TENANTS, secondsSince(began), SEED));
        assertThat(told.subList(1, told.size())).as("seed " + SEED).isEmpty();
        assertThat(Integer.parseInt(told.get(0))).isEqualTo(REQUESTS - REQUESTS / OVER_THE_WIRE_ONE_IN);
    }

    @Test
    void responsesNeverContainDataOfOtherTenants() throws Exception {
        var seconds = fuzz(REQUESTS / OVER_THE_WIRE_ONE_IN, SEED);

        Results.showOutcome(String.format(
                "isolation: %d requests of %d callers to %d tenants on 5 connections in %.1f s (seed %d): %d foreign, %d failed",
                answered.get(), OVER_THE_WIRE, TENANTS, seconds, SEED, foreign.get(), failed.get()));
        assertThat(wrong).as("seed " + SEED).isEmpty();
        assertThat(failed).hasValue(0);
        assertThat(answered).hasValueGreaterThanOrEqualTo(REQUESTS / OVER_THE_WIRE_ONE_IN);
    }

    @Test
    void isolatesTenantsDespitePoisonedConnectionsAndFaultyCode() throws Exception {
        var isOver = new AtomicBoolean();
        var random = new Random(SEED);
        var mischief = Executors.newFixedThreadPool(2);
        var poisoned = new AtomicInteger();
        var seen = new ConcurrentLinkedQueue<String>();
        try {
            var poisoning = mischief.submit(() -> {
                while (!isOver.get()) {
                    driver().leaveTenantSet(any(random).slug());
                    poisoned.incrementAndGet();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            });
            var trespassing = mischief.submit(() -> {
                while (!isOver.get()) {
                    var own = any(random).slug();
                    var other = any(random).slug();
                    if (!own.equals(other)) {
                        seen.addAll(driver().readForeignRows(own, other));
                    }
                }
            });
            var seconds = fuzz(REQUESTS / OVER_THE_WIRE_ONE_IN / 2, SEED + 1);
            isOver.set(true);
            poisoning.get();
            trespassing.get();
            Results.showOutcome(String.format(
                    "isolation: %d requests while connections were poisoned %d times, %.1f s (seed %d): %d foreign, %d refused",
                    answered.get(), poisoned.get() * 3, seconds, SEED, foreign.get(), failed.get()));
        } finally {
            isOver.set(true);
            mischief.shutdown();
        }
        assertThat(seen).as("what mistakes came to see").isEmpty();
        assertThat(foreign).hasValue(0);
        assertThat(poisoned.get()).isPositive();
        // The pool clears leftover state before a connection is handed out.
        assertThat(wrong).isEmpty();
        assertThat(failed).hasValue(0);
    }

    private static CanaryTenant any(Random random) {
        return homes.get(random.nextInt(homes.size()));
    }

    /** Runs all callers until that many requests are answered; returns the duration in seconds. */
    private double fuzz(int requests, long seed) throws Exception {
        var began = System.nanoTime();
        var left = new AtomicInteger(requests);
        ExecutorService callers = Executors.newFixedThreadPool(OVER_THE_WIRE);
        try {
            all(IntStream.range(0, OVER_THE_WIRE)
                    .mapToObj(caller -> callers.submit(() -> {
                        call(left, new Random(seed * OVER_THE_WIRE + caller));
                        return caller;
                    }))
                    .toList());
        } finally {
            callers.shutdown();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void call(AtomicInteger left, Random random) throws IOException {
        try (var rawConnection = new RawConnection(port())) {
            while (left.decrementAndGet() >= 0) {
                var canaryTenant = any(random);
                var question = Question.random(random, canaryTenant, any(random), PAGES_ONE_IN);
                check(canaryTenant, question, rawConnection.send(question.text(canaryTenant.host() + ":" + port())));
            }
        }
    }

    private void check(CanaryTenant canaryTenant, Question question, RawConnection.Answer answer) {
        answered.incrementAndGet();
        var theirs = canaryTenant.foreignIn(answer.text());
        if (!theirs.isEmpty()) {
            foreign.incrementAndGet();
            wrong.add("FOREIGN to " + canaryTenant.slug() + " at " + question + ": ..." + theirs);
        } else if (answer.status() != question.status()) {
            failed.incrementAndGet();
            wrong.add(canaryTenant.slug() + " at " + question + " got " + answer.status());
        } else if (question.isNamed() && !answer.body().contains(canaryTenant.slug())) {
            failed.incrementAndGet();
            wrong.add(canaryTenant.slug() + " at " + question + " got nothing of its own: " + answer.body());
        }
    }

    private static <T> List<T> all(List<Future<T>> futures) throws InterruptedException, ExecutionException {
        var results = new ArrayList<T>();
        for (var future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private static long secondsSince(long began) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    }
}
