package io.tenantry.speed;

import io.tenantry.bench.Consumption;
import io.tenantry.cluster.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two sides charge the same number of hours in turns, A B B A, after uncounted hours of warm-up, on vacuumed and analyzed tables. The clock is
 * set for each side, so that neither has hours to catch up. Dead rows are vacuumed before each turn, and never during one: autovacuum would
 * take its time from the current side instead of the side that caused it.
 */
final class SpeedComparison {
    private static final int WARM_UP_HOURS = 4;
    private static final String DEAD =
            "select relid::regclass::text from pg_stat_user_tables where schemaname like 't\\_%' and n_dead_tup > 0";

    private static final String USED =
            "select relid::regclass::text from pg_stat_user_tables where n_live_tup + n_dead_tup > 0 order by relid";

    private static final int TABLES_AT_ONCE = 1_000;

    private final Cluster cluster;
    private final long chargesAnHour;
    private final Instant begin;
    private final Map<Side, Integer> hours = new HashMap<>();

    /**
     * The median of the pairs.
     *
     * @param ratio charges per CPU-second of the first side to those of the second
     * @param wallRatio the same by wall-clock time
     * @param spread largest ratio divided by the smallest
     * @param jvmShare the server's share of the first side's CPU
     */
    record Verdict(
            String first,
            String second,
            int pairs,
            int hours,
            double ratio,
            double wallRatio,
            double spread,
            double firstPerCpuSecond,
            double secondPerCpuSecond,
            double firstPerSecond,
            double secondPerSecond,
            double jvmShare) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%s / %s: %.2f by CPU (spread %.2f), %.2f by the wall; %,.0f / %,.0f charges a CPU-second, %,.0f / %,.0f a second; %.0f %% of the first in the JVM; %d pairs of %d hours",
                    first,
                    second,
                    ratio,
                    spread,
                    wallRatio,
                    firstPerCpuSecond,
                    secondPerCpuSecond,
                    firstPerSecond,
                    secondPerSecond,
                    jvmShare * 100,
                    pairs,
                    hours);
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"first\": \"%s\", \"second\": \"%s\", \"ratio_cpu\": %.3f, \"ratio_wall\": %.3f, \"spread\": %.3f, "
                            + "\"first_per_cpu_second\": %.0f, \"second_per_cpu_second\": %.0f, \"first_per_second\": %.0f, "
                            + "\"second_per_second\": %.0f, \"jvm_share\": %.3f, \"pairs\": %d, \"hours\": %d}",
                    first,
                    second,
                    ratio,
                    wallRatio,
                    spread,
                    firstPerCpuSecond,
                    secondPerCpuSecond,
                    firstPerSecond,
                    secondPerSecond,
                    jvmShare,
                    pairs,
                    hours);
        }
    }

    SpeedComparison(Cluster cluster, long chargesAnHour, Instant begin) {
        this.cluster = cluster;
        this.chargesAnHour = chargesAnHour;
        this.begin = begin;
    }

    /** Lets the server charge a few servers for that many hours, so that its code is compiled. Creates a tenant for this. */
    void warmUp(int hours) {
        var driver = cluster.driver("a");
        driver.stopClock(begin);
        driver.createUniformTenant("warm", 1_500, 1, "7.30", "1000");
        driver.activateOnly(List.of("warm"));
        for (var hour = 2; hour < 2 + hours; hour++) {
            driver.charge(begin.plus(Duration.ofHours(hour)));
        }
    }

    /** Warms up both sides, determines how many hours take the minimum time, and lets them charge in turns. */
    Verdict between(Side first, Side second, int pairs, Duration atLeast) {
        autovacuum("off");
        try {
            return compare(first, second, pairs, atLeast);
        } finally {
            autovacuum("on");
        }
    }

    private Verdict compare(Side first, Side second, int pairs, Duration atLeast) {
        vacuum();
        measure(first, WARM_UP_HOURS);
        measure(second, WARM_UP_HOURS);
        vacuum();
        var probe = Math.min(measure(first, 2).wallSeconds(), measure(second, 2).wallSeconds()) / 2;
        var each = (int) Math.max(1, Math.ceil(atLeast.toNanos() / 1e9 / probe));
        var byCpu = new ArrayList<Double>();
        var byWall = new ArrayList<Double>();
        var firsts = new ArrayList<Measured>();
        var seconds = new ArrayList<Measured>();
        for (var pair = 0; pair < pairs; pair++) {
            Measured one;
            Measured other;
            if (pair % 2 == 0) {
                one = turn(first, each);
                other = turn(second, each);
            } else {
                other = turn(second, each);
                one = turn(first, each);
            }
            firsts.add(one);
            seconds.add(other);
            byCpu.add(one.perCpuSecond() / other.perCpuSecond());
            byWall.add(one.perSecond() / other.perSecond());
        }
        var sorted = byCpu.stream().sorted().toList();
        return new Verdict(
                first.name(),
                second.name(),
                pairs,
                each,
                median(byCpu),
                median(byWall),
                sorted.get(sorted.size() - 1) / sorted.get(0),
                median(firsts.stream().map(Measured::perCpuSecond).toList()),
                median(seconds.stream().map(Measured::perCpuSecond).toList()),
                median(firsts.stream().map(Measured::perSecond).toList()),
                median(seconds.stream().map(Measured::perSecond).toList()),
                median(firsts.stream()
                        .map(one -> one.jvmSeconds() / one.cpuSeconds())
                        .toList()));
    }

    private Measured turn(Side side, int count) {
        vacuum("vacuum ", cluster.texts(DEAD));
        // Not measured: after a vacuum, connections plan their statements on the table again. In operation most hours
        // follow none.
        measure(side, 1);
        return measure(side, count);
    }

    /** Many tables in one statement: with hundreds of tenants, connections would take longer than the measurement. */
    private void vacuum(String statement, List<String> tables) {
        for (var from = 0; from < tables.size(); from += TABLES_AT_ONCE) {
            cluster.run(statement
                    + String.join(", ", tables.subList(from, Math.min(tables.size(), from + TABLES_AT_ONCE))));
        }
    }

    private void autovacuum(String state) {
        cluster.run("alter system set autovacuum = " + state);
        cluster.run("select pg_reload_conf()");
    }

    /** Lets one side charge some hours. */
    Measured measure(Side side, int count) {
        if (side instanceof ChargingJob job) {
            job.enter();
        }
        cluster.run("checkpoint");
        var jvm = cpu(cluster.node("a").process());
        var postgres = cpu(ProcessHandle.of(cluster.database().pid()).orElseThrow());
        var client = side.clientCpuSeconds();
        var started = System.nanoTime();
        for (var i = 0; i < count; i++) {
            side.charge(begin.plus(Duration.ofHours(hours.merge(side, 1, Integer::sum) + 1L)));
        }
        return new Measured(
                chargesAnHour * count,
                (System.nanoTime() - started) / 1e9,
                cpu(cluster.node("a").process()) - jvm,
                cpu(ProcessHandle.of(cluster.database().pid()).orElseThrow()) - postgres,
                side.clientCpuSeconds() - client);
    }

    /** The number of hours charged by a side, including the one of the activation. */
    int hoursOf(Side side) {
        return hours.getOrDefault(side, 0) + 1;
    }

    /** Vacuums and analyzes all tables that have rows. */
    void vacuum() {
        vacuum("vacuum (analyze) ", cluster.texts(USED));
    }

    private static double cpu(ProcessHandle process) {
        return Consumption.of(process).map(Consumption::cpuSeconds).orElseThrow();
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
