package io.tenantry.provider.sandbox;

import io.tenantry.provider.Metrics.Kind;
import io.tenantry.provider.Metrics.Point;
import io.tenantry.provider.Metrics.Series;
import io.tenantry.provider.sandbox.shell.Load;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How busy a server has been: in the waves that {@code top} on it shows, with a traffic that goes with them and is, on average, what
 * {@link Meter} counts. A server that is off has been so since its last job.
 */
final class Gauge {
    private static final int POINTS_MAX = 168;
    private static final Duration EACH_MIN = Duration.ofMinutes(1);

    private Gauge() {}

    static List<Series> read(Machine machine, Instant now, Duration back) {
        var seed = Machines.seed(machine.id());
        var at = instants(machine, now, back);
        if (at.isEmpty()) {
            return List.of();
        }
        return List.of(
                series(Kind.CPU, at, seed, busy -> busy),
                series(Kind.RECEIVED, at, seed, busy -> traffic(Meter.inEach(seed), busy)),
                series(Kind.SENT, at, seed, busy -> traffic(Meter.outEach(seed), busy)));
    }

    private static List<Instant> instants(Machine machine, Instant now, Duration back) {
        var end = machine.isUp(now) ? now : machine.job().from();
        var each = back.dividedBy(POINTS_MAX).compareTo(EACH_MIN) < 0 ? EACH_MIN : back.dividedBy(POINTS_MAX);
        var start = Stream.of(now.minus(back), machine.createdAt())
                .max(Instant::compareTo)
                .orElseThrow();
        var all = new ArrayList<Instant>();
        for (var at = start; at.isBefore(end); at = at.plus(each)) {
            all.add(at);
        }
        return all;
    }

    private static Series series(Kind kind, List<Instant> all, long seed, UnaryOperator<BigDecimal> of) {
        return new Series(
                kind,
                all.stream()
                        .map(at -> new Point(at, of.apply(Load.cpuPercent(seed, at))))
                        .toList());
    }

    private static BigDecimal traffic(long each, BigDecimal busy) {
        return BigDecimal.valueOf(each).multiply(busy).divide(Load.USUAL_PERCENT, 0, RoundingMode.HALF_UP);
    }
}
