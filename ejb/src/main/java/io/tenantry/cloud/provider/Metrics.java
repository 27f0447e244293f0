package io.tenantry.cloud.provider;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A provider that measures the utilization of a server. For display only; nothing is charged by it. */
public interface Metrics {
    /** Kind of measurement. */
    enum Kind {
        /** Percentage of all processors together. */
        CPU,
        /** Received, in bytes per second. */
        RECEIVED,
        /** Sent, in bytes per second. */
        SENT,
        /** Read from and written to disks, in blocks per second. */
        DISK
    }

    /** A value at an instant, or the average since the previous point. */
    record Point(Instant at, BigDecimal value) {}

    /** All points of a kind, the earliest first; gaps are times without data from the provider. */
    record Series(Kind kind, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** Returns the measurements of a period before now. Kinds that the provider does not measure, or has not measured yet, are omitted. */
    List<Series> measured(String serverId, Instant now, Duration back);
}
