package io.tenantry.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Function;

/**
 * Days, months and moments as fields and addresses write them (ISO 8601). Java reads years up to 999,999,999, which the database refuses; here a
 * year outside of {@link #YEAR_MIN} to {@link #YEAR_MAX} is as unreadable as any other text that is no date.
 */
public final class DateText {
    public static final int YEAR_MIN = 1900;

    /** The day after the last one still has four digits in every time zone. */
    public static final int YEAR_MAX = 9998;

    private DateText() {}

    /** A day, such as {@code 2027-03-10}; empty if it is none. */
    public static Optional<LocalDate> day(String typed) {
        return read(typed, LocalDate::parse, Function.identity());
    }

    /** A month, such as {@code 2027-03}; empty if it is none. */
    public static Optional<YearMonth> month(String typed) {
        return read(typed, YearMonth::parse, Function.identity());
    }

    /** A day and a time of some zone, such as {@code 2027-03-10T09:30}; empty if it is none. */
    public static Optional<LocalDateTime> local(String typed) {
        return read(typed, LocalDateTime::parse, Function.identity());
    }

    /** A moment, such as {@code 2027-03-10T09:30:00Z}; empty if it is none. */
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
