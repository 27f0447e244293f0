package io.tenantry.cloud.provider;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A vendor that measures how busy a server is. To be shown; nothing is charged by it. */
public interface Metrics {
    /** What is measured. */
    enum Kind {
        /** Per cent of all processors together. */
        CPU,
        /** Received, in bytes a second. */
        RECEIVED,
        /** Sent, in bytes a second. */
        SENT,
        /** Read from and written to disks, in blocks a second. */
        DISK
    }

    /** A value at an instant, or on average since the point before. */
    record Point(Instant at, BigDecimal value) {}

    /** All points of a kind, the earliest first; gaps are gaps in the vendor's knowledge. */
    record Series(Kind kind, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** What was measured for so long before now. What the vendor does not measure, or has not measured yet, is left out. */
    List<Series> measured(String serverId, Instant now, Duration back);
}
