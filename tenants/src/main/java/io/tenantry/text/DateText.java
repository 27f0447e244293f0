package io.tenantry.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Function;

/**
 * Parses days, months and instants in the form of input fields and URLs (ISO 8601). Java accepts years up to 999,999,999, which the database
 * refuses; here a year outside {@link #YEAR_MIN} to {@link #YEAR_MAX} is treated like any other text that is not a date.
 */
public final class DateText {
    public static final int YEAR_MIN = 1900;

    /** The day after the last one still has four digits in every time zone. */
    public static final int YEAR_MAX = 9998;

    private DateText() {}

    /** Parses a day, such as {@code 2027-03-10}; empty if it is not one. */
    public static Optional<LocalDate> day(String typed) {
        return read(typed, LocalDate::parse, Function.identity());
    }

    /** Parses a month, such as {@code 2027-03}; empty if it is not one. */
    public static Optional<YearMonth> month(String typed) {
        return read(typed, YearMonth::parse, Function.identity());
    }

    /** Parses a local date and time, such as {@code 2027-03-10T09:30}; empty if it is not one. */
    public static Optional<LocalDateTime> local(String typed) {
        return read(typed, LocalDateTime::parse, Function.identity());
    }

    /** Returns the instant of a local time: of two, the earlier; empty if clocks are set forward over it. */
    public static Optional<Instant> at(LocalDateTime local, ZoneId zone) {
        return zone.getRules().getValidOffsets(local).stream().findFirst().map(local::toInstant);
    }

    /** Parses an instant, such as {@code 2027-03-10T09:30:00Z}; empty if it is not one. */
    public static Optional<Instant> instant(String typed) {
        return read(typed, Instant::parse, moment -> moment.atOffset(ZoneOffset.UTC));
    }

    private static <T> Optional<T> read(
            String typed, Function<String, T> reading, Function<T, ? extends TemporalAccessor> calendar) {
        try {
            return Optional.of(reading.apply(InputText.trimmed(typed))).filter(date -> {
                var year = calendar.apply(date).get(ChronoField.YEAR);
                return year >= YEAR_MIN && year <= YEAR_MAX;
            });
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
