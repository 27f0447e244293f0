package io.tenantry.web.portal;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.text.DateText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The days of a statement that somebody wants to see, as the address names them; both ends belong to it, and each may be
 * missing. What is no date is taken as missing.
 */
public record DateRange(Optional<LocalDate> from, Optional<LocalDate> to) {
    private static final int YEAR_LEAST = 1970;

    /** The days that two parameters name. */
    public static DateRange of(@Nullable String from, @Nullable String to) {
        return new DateRange(day(from), day(to));
    }

    /** The day that a field names; empty if it names none. */
    public static Optional<LocalDate> day(@Nullable String text) {
        return DateText.day(Objects.requireNonNullElse(text, "")).filter(day -> day.getYear() >= YEAR_LEAST);
    }

    /** The time of these days in a zone. */
    public Wallets.Span in(ZoneId zone) {
        return new Wallets.Span(
                from.map(day -> start(day, zone)).orElse(Wallets.Span.ALL.after()),
                to.map(day -> start(day.plusDays(1), zone)).orElse(Wallets.Span.ALL.until()));
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
