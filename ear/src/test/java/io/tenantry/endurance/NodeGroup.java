package io.tenantry.endurance;

import io.tenantry.bench.Driver;
import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.DatabaseProxy;
import io.tenantry.cluster.Results;
import io.tenantry.faults.Resellers;
import io.tenantry.server.StartupException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The nodes, one of which may be dead. Several times a second each gets the current time and does what its timer would do; a killed node is
 * restarted.
 */
final class NodeGroup implements AutoCloseable {
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration BACK_ATMOST = Duration.ofMinutes(5);
    private static final int STARTS_MAX = 5;

    private final Cluster cluster;
    private final Supplier<Instant> now;
    private final ExecutorService threads = Executors.newCachedThreadPool(NodeGroup::daemon);
    private final Map<String, Driver> alive = new ConcurrentHashMap<>();
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();
    private final Map<String, Duration> clocksOff = new ConcurrentHashMap<>();
    private final AtomicInteger startsThatFailed = new AtomicInteger();
    private final AtomicLong longestStartMillis = new AtomicLong();
    private volatile boolean isOnDuty;
    private volatile boolean isClosed;

    /** Manages running nodes. */
    NodeGroup(Cluster cluster, Supplier<Instant> now) {
        this.cluster = cluster;
        this.now = now;
        Resellers.NODES.forEach(name -> {
            join(name);
            threads.execute(() -> beat(name));
        });
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "crew");
        thread.setDaemon(true);
        return thread;
    }

    private void join(String name) {
        addresses.put(name, cluster.node(name).httpPort());
        alive.put(name, cluster.driver(name));
    }

    private void beat(String name) {
        while (!isClosed) {
            var driver = alive.get(name);
            if (isOnDuty && driver != null) {
                try {
                    driver.tick(now.get().plus(clocksOff.getOrDefault(name, Duration.ZERO)));
                } catch (IllegalStateException disturbed) {
                    // The next tick follows.
                }
            }
            DatabaseProxy.pause(BEAT);
        }
    }

    /** Starts or stops the timers. */
    void onDuty(boolean isOnDuty) {
        this.isOnDuty = isOnDuty;
    }

    /** Returns the port at which a client would look for a node: a dead node keeps its old one until it is back. */
    int address(String name) {
        return addresses.getOrDefault(name, 0);
    }

    /** Returns whether clients are sent to a node: not while its clock is known to be wrong. */
    boolean isTrusted(String name) {
        return !clocksOff.containsKey(name);
    }

    Driver driver(String name) {
        return cluster.driver(name);
    }

    boolean isAlive(String name) {
        return alive.containsKey(name);
    }

    /** Shifts a node's clock by the duration. */
    void clockOff(String name, Duration by) {
        clocksOff.put(name, by);
    }

    void clockRight(String name) {
        clocksOff.remove(name);
    }

    /** Kills a node and restarts it in the background. */
    void kill(String name) {
        alive.remove(name);
        cluster.node(name).kill();
        threads.execute(() -> startAgain(name));
    }

    /** Behaves like a process supervisor: a failed start is retried. */
    private void startAgain(String name) {
        for (var attempt = 1; attempt <= STARTS_MAX; attempt++) {
            var began = System.nanoTime();
            try {
                cluster.startAt(now.get());
                cluster.start(name);
                var took = (System.nanoTime() - began) / 1_000_000;
                longestStartMillis.accumulateAndGet(took, Math::max);
                join(name);
                Results.showOutcome("soak: node " + name + " is back after " + took + " ms");
                return;
            } catch (IllegalStateException | StartupException failed) {
                startsThatFailed.incrementAndGet();
                Results.showOutcome("soak: node " + name + " did not start: " + failed.getMessage());
                cluster.node(name).kill();
            }
        }
    }

    /** Waits until all nodes are alive. */
    void awaitAll() {
        var deadline = System.nanoTime() + BACK_ATMOST.toNanos();
        while (!alive.keySet().containsAll(Resellers.NODES)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("of " + Resellers.NODES + " only " + alive.keySet() + " are alive");
            }
            DatabaseProxy.pause(BEAT);
        }
    }

    List<String> others(String name) {
        return Resellers.NODES.stream().filter(other -> !other.equals(name)).toList();
    }

    int startsThatFailed() {
        return startsThatFailed.get();
    }

    long longestStartMillis() {
        return longestStartMillis.get();
    }

    @Override
    public void close() {
        isClosed = true;
        threads.shutdownNow();
    }
}
