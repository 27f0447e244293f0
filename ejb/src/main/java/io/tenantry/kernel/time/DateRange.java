package io.tenantry.kernel.time;

import java.time.Duration;
import java.time.Instant;

/** How far ahead somebody may plan; whether a text is a date at all is decided by {@code text.DateText}. */
public final class DateRange {
    /** So many days ahead, about ten years: what is later is a slip of the pen, and would be in force when nobody knows of it. */
    public static final int DAYS_AHEAD_MAX = 3_653;

    private DateRange() {}

    /** The latest moment that can be planned. */
    public static Instant latest(Instant now) {
        return now.plus(Duration.ofDays(DAYS_AHEAD_MAX));
    }
}
