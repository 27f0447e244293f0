package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Point;
import io.tenantry.cloud.provider.Metrics.Series;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.digitalocean.PrometheusMatrix.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Utilization of a droplet, as reported by its agent; without an agent, there are no values. For processors, DigitalOcean reports the seconds
 * since the start spent in each mode: between two samples, the processors were busy for what was neither idle nor waiting for a disk. If the
 * seconds decrease, the droplet was restarted, and that step is omitted. DigitalOcean does not report disk activity.
 */
record DropletMetrics(ProviderHttp api, Bandwidth bandwidth) {
    private static final Set<String> AT_REST = Set.of("idle", "iowait");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 4;

    /** The seconds of all processors up to some second, and how many of them were at rest. */
    private record CpuSeconds(BigDecimal all, BigDecimal atRest, int modes) {
        CpuSeconds plus(CpuSeconds other) {
            return new CpuSeconds(all.add(other.all), atRest.add(other.atRest), modes + other.modes);
        }

        /** Returns the percentage of busy time since then; empty if it cannot be determined. */
        Optional<BigDecimal> busySince(CpuSeconds before) {
            var passed = all.subtract(before.all);
            var rested = atRest.subtract(before.atRest);
            if (passed.signum() <= 0 || rested.signum() < 0 || rested.compareTo(passed) > 0) {
                return Optional.empty();
            }
            return Optional.of(
                    passed.subtract(rested).multiply(HUNDRED).divide(passed, DECIMALS, RoundingMode.HALF_UP));
        }
    }

    List<Series> of(String dropletId, Instant now, Duration back) {
        var from = now.minus(back);
        var all = new ArrayList<Series>();
        add(all, Kind.CPU, busy(modes(dropletId, from, now)));
        add(all, Kind.RECEIVED, bytes(bandwidth.rates(dropletId, Bandwidth.INBOUND, from, now)));
        add(all, Kind.SENT, bytes(bandwidth.rates(dropletId, Bandwidth.OUTBOUND, from, now)));
        return all;
    }

    private List<Line> modes(String dropletId, Instant from, Instant to) {
        return PrometheusMatrix.read(
                        api,
                        "cpu",
                        "host_id",
                        dropletId,
                        "start",
                        String.valueOf(from.getEpochSecond()),
                        "end",
                        String.valueOf(to.getEpochSecond()))
                .lines();
    }

    private static void add(List<Series> all, Kind kind, List<Point> points) {
        if (!points.isEmpty()) {
            all.add(new Series(kind, points));
        }
    }

    private static List<Point> busy(List<Line> modes) {
        var spent = new TreeMap<Long, CpuSeconds>();
        for (var line : modes) {
            for (var sample : line.samples()) {
                var atRest = AT_REST.contains(line.mode()) ? sample.value() : BigDecimal.ZERO;
                spent.merge(sample.second(), new CpuSeconds(sample.value(), atRest, 1), CpuSeconds::plus);
            }
        }
        // A second with missing modes would look like a jump.
        spent.values().removeIf(one -> one.modes() < modes.size());
        var points = new ArrayList<Point>();
        Optional<CpuSeconds> before = Optional.empty();
        for (Map.Entry<Long, CpuSeconds> one : spent.entrySet()) {
            before.flatMap(one.getValue()::busySince)
                    .ifPresent(busy -> points.add(new Point(Instant.ofEpochSecond(one.getKey()), busy)));
            before = Optional.of(one.getValue());
        }
        return points;
    }

    private static List<Point> bytes(List<Line> rates) {
        var sums = new TreeMap<Long, BigDecimal>();
        for (var line : rates) {
            line.samples().forEach(sample -> sums.merge(sample.second(), sample.value(), BigDecimal::add));
        }
        return sums.entrySet().stream()
                .map(one -> new Point(
                        Instant.ofEpochSecond(one.getKey()), one.getValue().multiply(Bandwidth.BYTES_OF_MEGABIT)))
                .toList();
    }
}
