package io.tenantry.metrics;

import io.tenantry.provider.Metrics.Kind;
import io.tenantry.provider.Metrics.Point;
import io.tenantry.provider.Metrics.Series;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How something went, step by step, the earliest first. */
public record Course(Kind kind, List<Step> steps) {
    private static final int DECIMALS = 2;

    /**
     * A step.
     *
     * @param average of what was measured in it; empty if nothing was
     */
    public record Step(Instant from, Optional<BigDecimal> average) {}

    public Course {
        steps = List.copyOf(steps);
    }

    /** What was measured, as averages of steps. */
    static Course of(Series series, Span span, Instant now) {
        var steps = new ArrayList<Step>();
        var from = span.start(now);
        for (var i = 0; i < span.steps(); i++) {
            var to = from.plus(span.step());
            steps.add(new Step(from, average(series.points(), from, to)));
            from = to;
        }
        return new Course(series.kind(), steps);
    }

    /** Whether anything was measured. */
    public boolean isKnown() {
        return steps.stream().anyMatch(step -> step.average().isPresent());
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
