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
 * How busy a droplet is, as its agent says; one without an agent says nothing. Of processors there are the seconds since the start that they
 * have spent in each mode: between two samples they were busy for what was neither idle nor waiting for a disk. Where the seconds go back the
 * droplet was restarted, and that step is left out. DigitalOcean tells nothing of how much is read and written.
 */
record DropletMetrics(ProviderHttp api, Bandwidth bandwidth) {
    private static final Set<String> AT_REST = Set.of("idle", "iowait");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 4;

    /** Seconds of all processors up to some second, and how many of them at rest. */
    private record Spent(BigDecimal all, BigDecimal atRest, int modes) {
        Spent plus(Spent other) {
            return new Spent(all.add(other.all), atRest.add(other.atRest), modes + other.modes);
        }

        /** Per cent that were spent on something since then; empty if that cannot be told. */
        Optional<BigDecimal> busySince(Spent before) {
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
        var spent = new TreeMap<Long, Spent>();
        for (var line : modes) {
            for (var sample : line.samples()) {
                var atRest = AT_REST.contains(line.mode()) ? sample.value() : BigDecimal.ZERO;
                spent.merge(sample.second(), new Spent(sample.value(), atRest, 1), Spent::plus);
            }
        }
        // A second of which some modes are missing would look like a jump.
        spent.values().removeIf(one -> one.modes() < modes.size());
        var points = new ArrayList<Point>();
        Optional<Spent> before = Optional.empty();
        for (Map.Entry<Long, Spent> one : spent.entrySet()) {
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
