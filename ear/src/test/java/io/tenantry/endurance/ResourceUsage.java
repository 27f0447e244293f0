package io.tenantry.endurance;

import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.DatabaseProxy;
import io.tenantry.cluster.Figures;
import io.tenantry.cluster.LiveHeap;
import io.tenantry.cluster.Results;
import io.tenantry.faults.Resellers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Resources held by the nodes at rest: live heap, threads, pool connections in use. A restarted node is a new process with its own series. */
final class ResourceUsage {
    private static final Duration UNTIL_AT_REST = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final double MIB = 1_048_576;
    private static final Pattern IN_USE =
            Pattern.compile("^\\w*pool_in_use_count\\w*(?:\\{.*})? ([0-9.E]+)$", Pattern.MULTILINE);

    private final Cluster cluster;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Long, List<Look>> lifecycle = new LinkedHashMap<>();
    private long connectionsInUseMax;
    private long threadsMax;

    /**
     * A sample.
     *
     * @param atMinutes of the load so far
     */
    record Look(String node, double atMinutes, double heapMib, long threads) {}

    ResourceUsage(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Samples all nodes. */
    void inspect(double atMinutes) throws IOException {
        for (var node : Resellers.NODES) {
            var process = cluster.node(node).process();
            connectionsInUseMax = Math.max(connectionsInUseMax, connectionsInUseAtRest(node));
            var look = new Look(node, atMinutes, LiveHeap.of(process) / MIB, threads(process));
            threadsMax = Math.max(threadsMax, look.threads());
            Results.showOutcome(String.format(
                    Locale.ROOT,
                    "soak: node %s (process %d) after %.1f minutes: live heap %.1f MiB, %d threads",
                    node,
                    process.pid(),
                    atMinutes,
                    look.heapMib(),
                    look.threads()));
            lifecycle.computeIfAbsent(process.pid(), pid -> new ArrayList<>()).add(look);
        }
    }

    /** Returns the total over all pools, after waiting for connections that are being returned. */
    private long connectionsInUseAtRest(String node) throws IOException {
        var deadline = System.nanoTime() + UNTIL_AT_REST.toNanos();
        // The minimum counts: a timer may briefly hold a connection, whereas a leaked one stays in use.
        var inUse = connectionsInUse(node);
        while (inUse > 0 && System.nanoTime() < deadline) {
            DatabaseProxy.pause(BETWEEN_LOOKS);
            inUse = Math.min(inUse, connectionsInUse(node));
        }
        return inUse;
    }

    private long connectionsInUse(String node) throws IOException {
        var metrics = URI.create("http://127.0.0.1:" + cluster.node(node).managementPort() + "/prometheus");
        try {
            var text = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            var pools = IN_USE.matcher(text).results().toList();
            if (pools.isEmpty()) {
                throw new IllegalStateException("no pools in " + metrics + ": "
                        + text.lines()
                                .filter(l -> l.contains("in_use") || l.contains("InUse"))
                                .toList());
            }
            return pools.stream()
                    .mapToLong(pool -> (long) Double.parseDouble(pool.group(1)))
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long threads(ProcessHandle process) throws IOException {
        return Files.readAllLines(
                        Path.of("/proc", String.valueOf(process.pid()), "status"), StandardCharsets.ISO_8859_1)
                .stream()
                .filter(line -> line.startsWith("Threads:"))
                .map(line -> Long.valueOf(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0L);
    }

    /** The series with enough samples: the first sample is of a node that still warms up, the others are compared. */
    List<List<Look>> longLives() {
        return lifecycle.values().stream()
                .filter(life -> life.size() > 2)
                .map(life -> life.subList(1, life.size()))
                .toList();
    }

    /** The largest growth of the live heap within a series, from the second sample to the last. */
    double heapGrowthMaxMib() {
        return longLives().stream()
                .mapToDouble(life ->
                        life.get(life.size() - 1).heapMib() - life.get(0).heapMib())
                .max()
                .orElse(0);
    }

    /** The largest growth in threads within a series. */
    long threadGrowthMax() {
        return longLives().stream()
                .mapToLong(life ->
                        life.get(life.size() - 1).threads() - life.get(0).threads())
                .max()
                .orElse(0);
    }

    long connectionsInUseMax() {
        return connectionsInUseMax;
    }

    long threadsMax() {
        return threadsMax;
    }

    void tell(Figures figures) {
        figures.tell("lives", lifecycle.size());
        figures.tell("threads_at_rest_max", threadsMax);
        figures.tell("connections_in_use_at_rest_max", connectionsInUseMax);
        for (var life : longLives()) {
            var name = "life_of_" + life.get(0).node() + "_until_"
                    + Math.round(life.get(life.size() - 1).atMinutes()) + "_min";
            figures.tell(name + "_looks", life.size());
            figures.tell(name + "_heap_first_mib", life.get(0).heapMib());
            figures.tell(name + "_heap_last_mib", life.get(life.size() - 1).heapMib());
            figures.tell(name + "_heap_slope_mib_per_hour", 60 * slope(life));
            figures.tell(name + "_threads_first", life.get(0).threads());
            figures.tell(name + "_threads_last", life.get(life.size() - 1).threads());
        }
    }

    /** Live heap by minutes, as a least-squares line. */
    private static double slope(List<Look> life) {
        var x = life.stream().mapToDouble(Look::atMinutes).average().orElseThrow();
        var y = life.stream().mapToDouble(Look::heapMib).average().orElseThrow();
        var above = life.stream()
                .mapToDouble(look -> (look.atMinutes() - x) * (look.heapMib() - y))
                .sum();
        var below = life.stream()
                .mapToDouble(look -> Math.pow(look.atMinutes() - x, 2))
                .sum();
        return above / below;
    }
}
