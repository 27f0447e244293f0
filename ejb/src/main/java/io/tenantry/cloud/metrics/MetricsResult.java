package io.tenantry.cloud.metrics;

import java.time.Instant;
import java.util.List;

/** What came of asking how busy a server is. */
public sealed interface MetricsResult {
    /**
     * The vendor told.
     *
     * @param courses of what it measures; none if there is nothing yet
     * @param at when it was asked
     */
    record Courses(List<TimeSeries> courses, Instant at) implements MetricsResult {
        public Courses {
            courses = List.copyOf(courses);
        }
    }

    /** The vendor did not tell in time, or would not. */
    record Unavailable(Instant at) implements MetricsResult {}

    /** The vendor measures nothing. */
    record NotSupported() implements MetricsResult {}

    /** There is no server that runs. */
    record NoServer() implements MetricsResult {}
}
