package io.tenantry.endurance;

import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.DatabaseProxy;
import io.tenantry.cluster.Figures;
import io.tenantry.cluster.Results;
import io.tenantry.faults.Resellers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * An hour under load: {@code mvn -Psoak -Dsoak.minutes=60 -Dsoak.out=FILE.json [-Dsoak.seed=...]}. Two nodes on one durable PostgreSQL behind a
 * proxy. First, their joint charging speed is measured undisturbed; then hours pass so fast that the due work is 70 % of that, API clients call
 * both nodes, and every ten seconds a fault is injected. Every five minutes, and at the end, hours stop until the work is done, and everything
 * is checked: each server has paid for each hour once, wallets, runs, the auditor's invariants, the answered requests, and the nodes' resources
 * at rest.
 *
 * <p>The minutes are those under load; checks come on top. The sequence of faults is determined by the seed.
 */
public final class Soak implements AutoCloseable {
    private static final double LOAD = 0.7;
    private static final Duration RECOVERED_ATMOST = Duration.ofMinutes(2);
    private static final Duration DUE_ATMOST = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final int TRIES = 20;
    private static final String UNFINISHED =
            "select count(distinct until) from work.charging_run where state <> 'DONE'";
    private static final double RIGHT_IN_THE_END_PERCENT = 99.99;

    /** A thousand per hour. */
    private static final int MEDDLINGS_IN_FIVE_MINUTES = 84;

    private static final double HEAP_GROWTH_MAX_MIB = 8;
    private static final int THREAD_GROWTH_MAX = 40;

    private final Cluster cluster;
    private final Effort effort;
    private final Figures figures = new Figures();
    private final List<String> wrong = new ArrayList<>();
    private final Resellers resellers;
    private final Shops shops;
    private final NodeGroup nodeGroup;
    private final Callers callers;
    private final FaultInjector faultInjector;
    private final Fault.Sequence sequence;
    private final Recoveries recoveries = new Recoveries();
    private final ResourceUsage resourceUsage;
    private Processors used = new Processors(0, 0);
    private long mostHoursBehind;

    /**
     * Duration and load.
     *
     * @param stretches between checks
     * @param stretch duration of each
     * @param every interval between faults
     * @param wallets of each of three resellers
     * @param perWallet servers that each wallet pays for
     * @param hours charged to measure the speed, and as many before as warm-up
     * @param callers concurrent callers
     */
    record Effort(int stretches, Duration stretch, Duration every, int wallets, int perWallet, int hours, int callers) {
        static Effort ofMinutes(int minutes) {
            // At least six, so that a long-lived node is sampled three times.
            var stretches = Math.max(minutes / 5, 6);
            return new Effort(
                    stretches, Duration.ofMinutes(minutes).dividedBy(stretches), Duration.ofSeconds(10), 750, 8, 30, 4);
        }
    }

    private Soak(Cluster cluster, Effort effort, long seed) {
        Results.showOutcome("soak: seed " + seed + ", " + effort);
        this.cluster = cluster;
        this.effort = effort;
        cluster.start(Resellers.NODES.toArray(String[]::new));
        resellers = Resellers.on(cluster, effort.wallets(), effort.perWallet());
        shops = new Shops(cluster, cluster.driver("a"));
        nodeGroup = new NodeGroup(cluster, resellers::now);
        callers = new Callers(nodeGroup, shops, effort.callers(), seed);
        faultInjector = new FaultInjector(cluster, nodeGroup, seed);
        sequence = new Fault.Sequence(seed);
        resourceUsage = new ResourceUsage(cluster);
    }

    /** Arguments: result, minutes, seed or "any", scratch folder. */
    public static void main(String[] arguments) throws IOException {
        var out = Path.of(arguments[0]).toAbsolutePath();
        var seed = arguments[2].equals("any") ? System.nanoTime() : Long.parseLong(arguments[2]);
        var folder = Files.createDirectories(Path.of(arguments[3])).toAbsolutePath();
        try (var cluster = cluster(folder)) {
            var result = run(cluster, Effort.ofMinutes(Integer.parseInt(arguments[1])), seed);
            result.figures().write(out);
            if (!result.wrong().isEmpty()) {
                throw new IllegalStateException(String.join("\n", result.wrong()));
            }
        }
    }

    /** Returns a cluster without nodes. */
    static Cluster cluster(Path folder) throws IOException {
        var settings = new HashMap<>(Resellers.SETTINGS);
        settings.putAll(Map.of(
                "TENANTRY_API_RATE_KEY", "1000000",
                "TENANTRY_API_RATE_TENANT", "10000000",
                "TENANTRY_API_RATE_ADDRESS", "1000000"));
        return Cluster.durable(folder, settings);
    }

    /**
     * The result.
     *
     * @param wrong violations, in words
     */
    record Result(Figures figures, List<String> wrong) {}

    /** Runs the whole test, on a cluster without nodes. */
    static Result run(Cluster cluster, Effort effort, long seed) throws IOException {
        try (var soak = new Soak(cluster, effort, seed)) {
            try (var pace = soak.findPace()) {
                for (var stretch = 0; stretch < effort.stretches(); stretch++) {
                    soak.breakThings(stretch, pace);
                    soak.check((stretch + 1) * effort.stretch().toSeconds() / 60.0);
                }
            } catch (IllegalStateException broken) {
                // Values measured until then are reported nevertheless.
                soak.wrong.add("broken off: " + broken);
            }
            return soak.result();
        }
    }

    /** Measures the undisturbed speed of both nodes together, and derives the pace of hours from it. */
    private Pace findPace() {
        charge(effort.hours());
        var began = System.nanoTime();
        charge(effort.hours());
        var perSecond = (double) effort.hours() * resellers.servers() / seconds(began);
        var anHour = Duration.ofNanos((long) (1e9 * resellers.servers() / (LOAD * perSecond)));
        figures.tell("servers", resellers.servers());
        figures.tell("charges_per_second_undisturbed", perSecond);
        figures.tell("charges_per_second_due", resellers.servers() * 1e9 / anHour.toNanos());
        figures.tell("an_hour_passes_in_ms", anHour.toMillis());
        return new Pace(anHour, () -> resellers.pass(1));
    }

    private void charge(int hours) {
        resellers.later(hours);
        Resellers.await(Resellers.NODES.stream().map(resellers::work).toList());
    }

    private void breakThings(int stretch, Pace pace) throws IOException {
        var before = Processors.now();
        // In each half a different node is never killed.
        var elder = Resellers.NODES.get(2 * stretch / effort.stretches());
        var ends = System.nanoTime() + effort.stretch().toNanos();
        pace.rest(false);
        nodeGroup.onDuty(true);
        callers.resume();
        // A fault that had to wait for a node to come back makes the next ones come sooner.
        for (var next = System.nanoTime() + effort.every().toNanos() / 2;
                next < ends;
                next += effort.every().toNanos()) {
            DatabaseProxy.pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            breakOne(elder);
        }
        pace.rest(true);
        used = used.plus(Processors.now().since(before));
        callers.pause();
        nodeGroup.awaitAll();
        nodeGroup.onDuty(false);
    }

    private void breakOne(String elder) {
        var fault = sequence.next();
        if (fault == Fault.NODE_KILLED) {
            nodeGroup.awaitAll();
        }
        var behind = awaitDue();
        mostHoursBehind = Math.max(mostHoursBehind, behind);
        var began = System.nanoTime();
        var victim = faultInjector.begin(fault, elder);
        var ending = CompletableFuture.runAsync(() -> {
            DatabaseProxy.pause(fault.lasts().minusNanos(System.nanoTime() - began));
            faultInjector.end(fault, victim);
        });
        var recovered = awaitCharge(began);
        recoveries.add(fault, recovered);
        Results.showOutcome("soak: " + fault.figure() + ", " + behind + " hours behind, a charge after "
                + recovered.toMillis() + " ms");
        ending.join();
    }

    /** Waits for pending work, so that a fault hits in the middle of it; returns the number of pending hours. */
    private long awaitDue() {
        var deadline = System.nanoTime() + DUE_ATMOST.toNanos();
        while (true) {
            var unfinished = cluster.number(UNFINISHED);
            if (unfinished > 0 || System.nanoTime() > deadline) {
                return unfinished;
            }
            DatabaseProxy.pause(LOOK_AGAIN);
        }
    }

    private Duration awaitCharge(long began) {
        var before = resellers.progress();
        while (resellers.progress() == before) {
            var took = Duration.ofNanos(System.nanoTime() - began);
            if (took.compareTo(RECOVERED_ATMOST) > 0) {
                wrong.add("nothing was charged for " + took);
                return took;
            }
            DatabaseProxy.pause(LOOK_AGAIN);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void check(double atMinutes) throws IOException {
        var began = System.nanoTime();
        cluster.at(resellers.now());
        cluster.driver("a").workWithRetries(TRIES);
        Results.showOutcome("soak: after " + atMinutes + " minutes all " + resellers.hours() + " hours are done in "
                + seconds(began) + " s");
        try {
            resellers.requireEveryHourChargedOnce();
            shops.requireRight(resellers.now());
        } catch (AssertionError found) {
            wrong.add("after " + atMinutes + " minutes: " + found.getMessage());
        }
        resourceUsage.inspect(atMinutes);
    }

    private Result result() {
        figures.tell("minutes", effort.stretches() * effort.stretch().toSeconds() / 60.0);
        figures.tell("checks", effort.stretches());
        figures.tell("hours_charged", resellers.hours());
        figures.tell("hours_behind_max", mostHoursBehind);
        figures.tell("machine_busy_percent", used.percent());
        recoveries.tell(figures);
        figures.tell("sessions_killed", faultInjector.sessionsKilled());
        figures.tell("jobs_started_twice_restarted_or_abandoned", faultInjector.meddlings());
        figures.tell("longest_start_of_the_database_ms", faultInjector.longestRestartMillis());
        figures.tell("starts_that_failed", nodeGroup.startsThatFailed());
        figures.tell("longest_start_ms", nodeGroup.longestStartMillis());
        callers.tell(figures);
        resourceUsage.tell(figures);
        require(
                "requests answered right: " + callers.rightInTheEndPercent() + " %",
                callers.rightInTheEndPercent() >= RIGHT_IN_THE_END_PERCENT);
        // One connection of each node listens for signals permanently.
        require(
                "connections in use at rest: " + resourceUsage.connectionsInUseMax(),
                resourceUsage.connectionsInUseMax() <= 1);
        require(
                "live heap grew by " + resourceUsage.heapGrowthMaxMib() + " MiB",
                resourceUsage.heapGrowthMaxMib() < HEAP_GROWTH_MAX_MIB);
        require(
                "threads grew by " + resourceUsage.threadGrowthMax(),
                resourceUsage.threadGrowthMax() < THREAD_GROWTH_MAX);
        var fives = effort.stretch().multipliedBy(effort.stretches()).toMinutes() / 5;
        require(
                "job meddled with " + faultInjector.meddlings() + " times",
                faultInjector.meddlings() >= MEDDLINGS_IN_FIVE_MINUTES * fives);
        figures.tell("checks_failed", wrong.size());
        wrong.forEach(what -> Results.showOutcome("soak: WRONG: " + what));
        return new Result(figures, List.copyOf(wrong));
    }

    private void require(String what, boolean holds) {
        if (!holds) {
            wrong.add(what);
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() {
        callers.close();
        nodeGroup.close();
    }
}
