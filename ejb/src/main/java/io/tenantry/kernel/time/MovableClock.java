package io.tenantry.kernel.time;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clock that everybody is given. It tells real time in UTC, in the microseconds that PostgreSQL keeps, unless a demo, a
 * test or a benchmark has moved or stopped it.
 */
@ApplicationScoped
public class MovableClock extends Clock {
    private volatile Duration offset = Duration.ZERO;
    private volatile @Nullable Instant stoppedAt;

    @Override
    public Instant instant() {
        return moved(real());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Instants have no zone; whoever needs one converts at the edge. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** What the given real instant is called by this clock. */
    public Instant moved(Instant real) {
        var stopped = stoppedAt;
        return stopped != null ? stopped : real.plus(offset).truncatedTo(ChronoUnit.MICROS);
    }

    /** Real time, whatever was moved. */
    public Instant real() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Lets the clock run on, that much ahead of (or behind) real time. */
    public void moveBy(Duration ahead) {
        offset = ahead;
        stoppedAt = null;
    }

    /** Stops the clock at an instant. */
    public void stopAt(Instant instant) {
        stoppedAt = instant;
    }

    /** How far the clock is ahead of real time. */
    public Duration offset() {
        return offset;
    }
}
