package io.tenantry.cloud.metrics;

import java.time.Duration;
import java.time.Instant;

/** How far back is looked, and in how long steps. */
public enum MetricsRange {
    HOUR(Duration.ofMinutes(5), 12),
    DAY(Duration.ofMinutes(30), 48),
    WEEK(Duration.ofHours(3), 56);

    private final Duration step;
    private final int steps;

    MetricsRange(Duration step, int steps) {
        this.step = step;
        this.steps = steps;
    }

    Duration step() {
        return step;
    }

    int steps() {
        return steps;
    }

    /** Where the first step begins: steps begin at whole ones, and the last is the one in progress. */
    Instant start(Instant now) {
        var seconds = step.toSeconds();
        var last = Math.floorDiv(now.getEpochSecond(), seconds) * seconds;
        return Instant.ofEpochSecond(last - seconds * (steps - 1));
    }
}
