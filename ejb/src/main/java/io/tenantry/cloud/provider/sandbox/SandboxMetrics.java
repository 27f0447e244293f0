package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Point;
import io.tenantry.cloud.provider.Metrics.Series;
import io.tenantry.cloud.provider.sandbox.shell.SimulatedLoad;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Utilization of a server: in the waves that {@code top} shows on it, with matching traffic whose average is what {@link SandboxTransfer}
 * counts. A server that is off has been off since its last job.
 */
final class SandboxMetrics {
    private static final int POINTS_MAX = 168;
    private static final Duration EACH_MIN = Duration.ofMinutes(1);

    private SandboxMetrics() {}

    static List<Series> read(SandboxServer sandboxServer, Instant now, Duration back) {
        var seed = SandboxServerStore.seed(sandboxServer.id());
        var at = instants(sandboxServer, now, back);
        if (at.isEmpty()) {
            return List.of();
        }
        return List.of(
                series(Kind.CPU, at, seed, busy -> busy),
                series(Kind.RECEIVED, at, seed, busy -> traffic(SandboxTransfer.inEach(seed), busy)),
                series(Kind.SENT, at, seed, busy -> traffic(SandboxTransfer.outEach(seed), busy)));
    }

    private static List<Instant> instants(SandboxServer sandboxServer, Instant now, Duration back) {
        var end = sandboxServer.isUp(now) ? now : sandboxServer.sandboxJob().from();
        var each = back.dividedBy(POINTS_MAX).compareTo(EACH_MIN) < 0 ? EACH_MIN : back.dividedBy(POINTS_MAX);
        var start = Stream.of(now.minus(back), sandboxServer.createdAt())
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
                        .map(at -> new Point(at, of.apply(SimulatedLoad.cpuPercent(seed, at))))
                        .toList());
    }

    private static BigDecimal traffic(long each, BigDecimal busy) {
        return BigDecimal.valueOf(each).multiply(busy).divide(SimulatedLoad.USUAL_PERCENT, 0, RoundingMode.HALF_UP);
    }
}
