package io.tenantry.endurance;

import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.DatabaseProxy;
import io.tenantry.cluster.Results;
import io.tenantry.faults.Resellers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Injects and reverts a {@link Fault}. */
final class FaultInjector {
    private static final int TIMES = 10;
    private static final int DISTURBANCES = 40;
    private static final Duration LATENCY = Duration.ofMillis(5);
    private static final Duration STEP_BACK = Duration.ofHours(-3);
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d+) starts, \\d+ stops, (\\d+) restarts, (\\d+) abandons");
    private static final String SESSIONS = " from pg_stat_activity where usename like 'tenantry%'";

    private final Cluster cluster;
    private final NodeGroup nodeGroup;
    private final Random random;
    private final AtomicInteger sessionsKilled = new AtomicInteger();
    private final AtomicLong longestRestartMillis = new AtomicLong();
    private final AtomicInteger meddlings = new AtomicInteger();

    FaultInjector(Cluster cluster, NodeGroup nodeGroup, long seed) {
        this.cluster = cluster;
        this.nodeGroup = nodeGroup;
        random = new Random(seed);
    }

    /** The number of sessions ended by the database. */
    int sessionsKilled() {
        return sessionsKilled.get();
    }

    /** The longest time from the database's start until it was ready, including the replay of its log. */
    long longestRestartMillis() {
        return longestRestartMillis.get();
    }

    /** The number of executions that were started beside another, restarted or abandoned. */
    int meddlings() {
        return meddlings.get();
    }

    /**
     * Injects the fault.
     *
     * @param elder the node that is not killed
     * @return the affected node, for {@link #end}
     */
    String begin(Fault fault, String elder) {
        var drawn = Resellers.NODES.get(random.nextInt(Resellers.NODES.size()));
        var victim = nodeGroup.isAlive(drawn) ? drawn : elder;
        switch (fault) {
            case NODE_KILLED -> nodeGroup.others(elder).forEach(nodeGroup::kill);
            case DATABASE_KILLED -> {
                cluster.database().crash();
                pause(500);
                var began = System.nanoTime();
                cluster.database().restart();
                longestRestartMillis.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
            }
            case ALL_SESSIONS_KILLED ->
                sessionsKilled.addAndGet((int) cluster.number("select count(pg_terminate_backend(pid))" + SESSIONS));
            case SINGLE_SESSIONS_KILLED ->
                several(() -> sessionsKilled.addAndGet(
                        (int) cluster.number("select count(pg_terminate_backend(pid)) from (select pid" + SESSIONS
                                + " order by xact_start is null, random() limit 1) one")));
            case ANSWERS_LOST -> cluster.proxy().loseAnswers(TIMES);
            case COMMITS_LOST -> cluster.proxy().loseCommits(TIMES);
            case LINES_CUT -> several(() -> cluster.proxy().cutAfter(random.nextInt(20_000)));
            case NODE_FROZEN -> cluster.signal(victim, "STOP");
            case LATENCY -> cluster.proxy().latency(LATENCY);
            case CLOCK_BACK -> nodeGroup.clockOff(victim, STEP_BACK);
            case JOB_MEDDLED_WITH -> disturbJobs();
        }
        return victim;
    }

    /** Reverts a lasting fault. */
    void end(Fault fault, String victim) {
        switch (fault) {
            case NODE_FROZEN -> cluster.signal(victim, "CONT");
            case LATENCY -> cluster.proxy().latency(Duration.ZERO);
            case CLOCK_BACK -> nodeGroup.clockRight(victim);
            default -> {
                // The execution is over.
            }
        }
    }

    /** Uses four concurrent threads, on all live nodes. */
    private void disturbJobs() {
        var nodes = Resellers.NODES.stream().filter(nodeGroup::isAlive).toList();
        var seeds = random.longs(4).boxed().toList();
        IntStream.range(0, seeds.size()).parallel().forEach(i -> disturbJobs(nodes, i, seeds.get(i)));
    }

    private void disturbJobs(List<String> nodes, int thread, long seed) {
        try {
            var answer = nodeGroup.driver(nodes.get(thread % nodes.size())).disturbJobs(seed, DISTURBANCES);
            var numbers = NUMBERS.matcher(answer);
            if (numbers.find()) {
                IntStream.rangeClosed(1, numbers.groupCount())
                        .forEach(group -> meddlings.addAndGet(Integer.parseInt(numbers.group(group))));
            }
        } catch (IllegalStateException refused) {
            Results.showOutcome("soak: meddling failed: " + refused.getMessage());
        }
    }

    private void several(Runnable act) {
        for (var i = 0; i < TIMES; i++) {
            act.run();
            pause(60);
        }
    }

    private void pause(int millisMax) {
        DatabaseProxy.pause(Duration.ofMillis(random.nextInt(millisMax)));
    }
}
