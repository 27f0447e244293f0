package io.tenantry.metrics;

import java.time.Instant;
import java.util.List;

/** What came of asking how busy a server is. */
public sealed interface Measured {
    /**
     * The vendor told.
     *
     * @param courses of what it measures; none if there is nothing yet
     * @param at when it was asked
     */
    record Courses(List<Course> courses, Instant at) implements Measured {
        public Courses {
            courses = List.copyOf(courses);
        }
    }

    /** The vendor did not tell in time, or would not. */
    record Silent(Instant at) implements Measured {}

    /** The vendor measures nothing. */
    record Never() implements Measured {}

    /** There is no server that runs. */
    record NoServer() implements Measured {}
}
