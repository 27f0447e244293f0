package io.tenantry.cloud.metrics;

import java.time.Duration;
import java.time.Instant;

/** The time range of metrics, and the length of its steps. */
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

    /** Returns the start of the first step: steps are aligned to their length, and the last one is in progress. */
    Instant start(Instant now) {
        var seconds = step.toSeconds();
        var last = Math.floorDiv(now.getEpochSecond(), seconds) * seconds;
        return Instant.ofEpochSecond(last - seconds * (steps - 1));
    }
}
