package io.tenantry.cloud.metrics;

import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Point;
import io.tenantry.cloud.provider.Metrics.Series;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A measured quantity over time, in steps, the earliest first. */
public record TimeSeries(Kind kind, List<Bucket> steps) {
    private static final int DECIMALS = 2;

    /**
     * A step.
     *
     * @param average the average of the values measured in it; empty if there are none
     */
    public record Bucket(Instant from, Optional<BigDecimal> average) {}

    public TimeSeries {
        steps = List.copyOf(steps);
    }

    /** Returns the measured values as averages of steps. */
    static TimeSeries of(Series series, MetricsRange metricsRange, Instant now) {
        var steps = new ArrayList<Bucket>();
        var from = metricsRange.start(now);
        for (var i = 0; i < metricsRange.steps(); i++) {
            var to = from.plus(metricsRange.step());
            steps.add(new Bucket(from, average(series.points(), from, to)));
            from = to;
        }
        return new TimeSeries(series.kind(), steps);
    }

    /** Whether any value was measured. */
    public boolean isKnown() {
        return steps.stream().anyMatch(bucket -> bucket.average().isPresent());
    }

    private static Optional<BigDecimal> average(List<Point> points, Instant from, Instant to) {
        var within = points.stream()
                .filter(point -> !point.at().isBefore(from) && point.at().isBefore(to))
                .map(Point::value)
                .toList();
        return within.stream()
                .reduce(BigDecimal::add)
                .map(sum -> sum.divide(BigDecimal.valueOf(within.size()), DECIMALS, RoundingMode.HALF_UP));
    }
}
