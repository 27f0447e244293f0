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
 * The clock that is injected everywhere. It returns real time in UTC, at PostgreSQL's microsecond precision, unless a demo, a test or a
 * benchmark has moved or stopped it.
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

    /** Instants have no zone; convert at the boundary. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** Converts a real instant to this clock. */
    public Instant moved(Instant real) {
        var stopped = stoppedAt;
        return stopped != null ? stopped : real.plus(offset).truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns real time, regardless of any move. */
    public Instant real() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Makes the clock run that far ahead of (or behind) real time. */
    public void moveBy(Duration ahead) {
        offset = ahead;
        stoppedAt = null;
    }

    /** Stops the clock at an instant. */
    public void stopAt(Instant instant) {
        stoppedAt = instant;
    }

    /** Returns how far the clock is ahead of real time. */
    public Duration offset() {
        return offset;
    }
}
