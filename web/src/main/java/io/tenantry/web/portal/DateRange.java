package io.tenantry.web.portal;

import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.text.DateText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requested days of a statement, as the address names them; both ends are inclusive, and each may be missing. An invalid date counts as
 * missing.
 */
public record DateRange(Optional<LocalDate> from, Optional<LocalDate> to) {
    private static final int YEAR_LEAST = 1970;

    /** Returns the days in two parameters. */
    public static DateRange of(@Nullable String from, @Nullable String to) {
        return new DateRange(day(from), day(to));
    }

    /** Returns the day in a field; empty if there is none. */
    public static Optional<LocalDate> day(@Nullable String text) {
        return DateText.day(Objects.requireNonNullElse(text, "")).filter(day -> day.getYear() >= YEAR_LEAST);
    }

    /** Returns the time span of these days in a zone. */
    public WalletStatements.StatementPeriod in(ZoneId zone) {
        return new WalletStatements.StatementPeriod(
                from.map(day -> start(day, zone)).orElse(WalletStatements.StatementPeriod.ALL.after()),
                to.map(day -> start(day.plusDays(1), zone)).orElse(WalletStatements.StatementPeriod.ALL.until()));
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
