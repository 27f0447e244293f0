package io.tenantry.speed;

import io.tenantry.bench.Consumption;
import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.LiveHeap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The job's speed as ratios: {@code mvn -Pspeed -Dspeed.out=FILE.json}, in parts by {@code -Dspeed.what=}:
 *
 * <ul>
 *   <li>{@code 20000x1}: number of due services, number per wallet; the job against hand-written SQL
 *   <li>{@code tenants:100x1000}: number of tenants, number of services of each, against one tenant with all of them
 *   <li>{@code hours:100000}: hour 24 against hour 2 after the tables were analyzed
 *   <li>{@code workers:200000}: two workers against one
 *   <li>{@code heap:1000}: live heap after 10 and after 100 runs
 * </ul>
 *
 * Each part has a separate database and server.
 */
public final class Speed {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    private static final int PAIRS = 6;
    private static final int WARM_UP_RUNS = 80;
    private static final String MONTHLY = "7.30";

    private final Path scratch;
    private final List<String> results = new ArrayList<>();
    private int parts;

    private Speed(Path scratch) {
        this.scratch = scratch;
    }

    /** Arguments: result, parts separated by commas, scratch folder. */
    public static void main(String[] arguments) throws IOException, SQLException {
        var out = Path.of(arguments[0]).toAbsolutePath();
        var speed = new Speed(Files.createDirectories(Path.of(arguments[2])));
        for (var part : List.of(arguments[1].split(",", -1))) {
            speed.run(part.strip());
            Files.createDirectories(out.getParent());
            Files.writeString(out, "[\n  " + String.join(",\n  ", speed.results) + "\n]\n", StandardCharsets.UTF_8);
        }
    }

    private void run(String part) throws IOException, SQLException {
        var colon = part.indexOf(':');
        var numbers = List.of(part.substring(colon + 1).split("x", -1)).stream()
                .map(Integer::valueOf)
                .toList();
        switch (part.substring(0, Math.max(0, colon))) {
            case "" -> againstHandWritten(numbers.get(0), numbers.get(1));
            case "tenants" -> manyAgainstOne(numbers.get(0), numbers.get(1));
            case "hours" -> lateAgainstEarly(numbers.get(0));
            case "workers" -> twoAgainstOne(numbers.get(0));
            case "heap" -> heap(numbers.get(0));
            default -> throw new IllegalArgumentException("no such part: " + part);
        }
    }

    private void againstHandWritten(int due, int perWallet) throws IOException, SQLException {
        try (var cluster = cluster(Map.of())) {
            cluster.driver("a").createUniformTenant("ours", due / perWallet, perWallet, MONTHLY, "1000");
            cluster.driver("a").createUniformTenant("hand", due / perWallet, perWallet, MONTHLY, "1000");
            try (var byHand = new HandWritten(cluster.database().superuser(), "t_hand")) {
                var speedComparison = new SpeedComparison(cluster, due, BEGIN);
                speedComparison.warmUp(WARM_UP_RUNS);
                var job = new ChargingJob("job", cluster.driver("a"), List.of("ours"));
                var verdict = speedComparison.between(job, byHand, PAIRS, AT_LEAST);
                requireRight(cluster, "t_ours", perWallet, speedComparison.hoursOf(job));
                requireRight(cluster, "t_hand", perWallet, speedComparison.hoursOf(byHand));
                result(due + "x" + perWallet, verdict.line(), verdict.json(), memory(cluster));
            }
        }
    }

    private static String memory(Cluster cluster) {
        var jvm = Consumption.of(cluster.node("a").process()).map(Consumption::peakRssMb);
        var postgres = Consumption.of(ProcessHandle.of(cluster.database().pid()).orElseThrow())
                .map(Consumption::peakRssMb);
        return String.format(
                Locale.ROOT, ", \"peak_rss_mb\": {\"jvm\": %d, \"postgres\": %d}", jvm.orElse(0L), postgres.orElse(0L));
    }

    private void manyAgainstOne(int tenants, int each) throws IOException {
        try (var cluster = cluster(Map.of())) {
            var many = IntStream.range(0, tenants).mapToObj(i -> "many-" + i).toList();
            many.forEach(tenant -> cluster.driver("a").createUniformTenant(tenant, each, 1, MONTHLY, "1000"));
            cluster.driver("a").createUniformTenant("one", tenants * each, 1, MONTHLY, "1000");
            var speedComparison = new SpeedComparison(cluster, (long) tenants * each, BEGIN);
            speedComparison.warmUp(WARM_UP_RUNS);
            var verdict = speedComparison.between(
                    new ChargingJob(tenants + " tenants", cluster.driver("a"), many),
                    new ChargingJob("one tenant", cluster.driver("a"), List.of("one")),
                    PAIRS,
                    AT_LEAST);
            result("tenants:" + tenants + "x" + each, verdict.line(), verdict.json(), memory(cluster));
        }
    }

    private void lateAgainstEarly(int due) throws IOException {
        try (var cluster = cluster(Map.of())) {
            cluster.driver("a").createUniformTenant("ours", due, 1, MONTHLY, "1000");
            var speedComparison = new SpeedComparison(cluster, due, BEGIN);
            speedComparison.warmUp(WARM_UP_RUNS);
            speedComparison.vacuum();
            var job = new ChargingJob("job", cluster.driver("a"), List.of("ours"));
            var early = speedComparison.measure(job, 3);
            speedComparison.measure(job, 19);
            var late = speedComparison.measure(job, 3);
            var ratio = late.perCpuSecond() / early.perCpuSecond();
            result(
                    "hours:" + due,
                    String.format(Locale.ROOT, "hours 24 to 26 against hours 2 to 4 after ANALYZE: %.2f", ratio),
                    String.format(
                            Locale.ROOT,
                            "{\"ratio_cpu\": %.3f, \"early_per_cpu_second\": %.0f, \"late_per_cpu_second\": %.0f}",
                            ratio,
                            early.perCpuSecond(),
                            late.perCpuSecond()));
        }
    }

    private void twoAgainstOne(int due) throws IOException {
        var perSecond = new ArrayList<Double>();
        for (var workers : List.of("1", "2")) {
            try (var cluster = cluster(Map.of("TENANTRY_CHARGING_WORKERS", workers))) {
                cluster.driver("a").createUniformTenant("ours", due, 1, MONTHLY, "1000");
                var speedComparison = new SpeedComparison(cluster, due, BEGIN);
                speedComparison.warmUp(WARM_UP_RUNS);
                speedComparison.vacuum();
                var job = new ChargingJob("job", cluster.driver("a"), List.of("ours"));
                speedComparison.measure(job, 2);
                perSecond.add(speedComparison.measure(job, 6).perSecond());
            }
        }
        var ratio = perSecond.get(1) / perSecond.get(0);
        result(
                "workers:" + due,
                String.format(
                        Locale.ROOT,
                        "two workers against one: %.2f by the wall; %,.0f / %,.0f a second",
                        ratio,
                        perSecond.get(1),
                        perSecond.get(0)),
                String.format(
                        Locale.ROOT,
                        "{\"ratio_wall\": %.3f, \"two_per_second\": %.0f, \"one_per_second\": %.0f}",
                        ratio,
                        perSecond.get(1),
                        perSecond.get(0)));
    }

    private void heap(int due) throws IOException {
        try (var cluster = cluster(Map.of())) {
            cluster.driver("a").createUniformTenant("ours", due, 1, MONTHLY, "1000");
            var job = new ChargingJob("job", cluster.driver("a"), List.of("ours"));
            var speedComparison = new SpeedComparison(cluster, due, BEGIN);
            speedComparison.measure(job, 10);
            var after10 = LiveHeap.of(cluster.node("a").process());
            speedComparison.measure(job, 90);
            var after100 = LiveHeap.of(cluster.node("a").process());
            result(
                    "heap:" + due,
                    String.format(
                            Locale.ROOT,
                            "live heap after 10 runs %.1f MiB, after 100 runs %.1f MiB",
                            after10 / 1_048_576.0,
                            after100 / 1_048_576.0),
                    String.format(
                            Locale.ROOT,
                            "{\"live_bytes_after_10\": %d, \"live_bytes_after_100\": %d}",
                            after10,
                            after100));
        }
    }

    private Cluster cluster(Map<String, String> settings) throws IOException {
        var cluster = Cluster.forSpeed(scratch.resolve("part-" + parts++), settings);
        cluster.start("a");
        cluster.at(BEGIN);
        return cluster;
    }

    private static void requireRight(Cluster cluster, String schema, int perWallet, int hours) {
        var wrong = cluster.number(
                "select count(*) from " + schema + ".wallet where balance <> 1000 - 0.01 * " + perWallet * hours);
        if (wrong != 0) {
            throw new IllegalStateException(schema + ": " + wrong + " wallets are off after " + hours + " hours");
        }
    }

    private void result(String part, String line, String json) {
        result(part, line, json, "");
    }

    private void result(String part, String line, String json, String more) {
        System.out.println(part + ": " + line);
        results.add("{\"part\": \"" + part + "\", \"result\": " + json + more + "}");
    }
}
