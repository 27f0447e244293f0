package io.tenantry.kernel.time;

import java.time.Duration;
import java.time.Instant;

/** The latest date that can be planned for. {@code text.DateText} decides whether a text is a date at all. */
public final class DateRange {
    /** The number of days ahead, about ten years: a later date is a typing error that would take effect unnoticed. */
    public static final int DAYS_AHEAD_MAX = 3_653;

    private DateRange() {}

    /** The latest moment that can be planned. */
    public static Instant latest(Instant now) {
        return now.plus(Duration.ofDays(DAYS_AHEAD_MAX));
    }
}
