package io.tenantry.web.layout;

import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.money.MoneyFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A formatter of amounts, moments and spans in a language and a time zone. Pure: no clock, only the moment that is passed. */
public final class Formats {
    /** The decimals of a rate, as stored in the ledger. */
    private static final int RATE_SCALE = 6;

    private static final int NUMBER_DECIMALS = 3;

    /** The decimals of a share that is written as a whole percentage. */
    private static final int PERCENT_SCALE = 2;

    private static final int EXACT_DECIMALS = Money.SCALE;

    /** The decimals of a rate that is shown for comparison only. */
    private static final int RATE_DECIMALS = 4;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private static final Duration SECONDS_FROM = Duration.ofSeconds(1);
    private static final Duration PRECISE_BELOW = Duration.ofSeconds(10);
    private static final BigDecimal KILO = BigDecimal.valueOf(1000);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

    private final Locale locale;
    private final ZoneId zone;
    private final Messages messages;

    /** Creates the formats of a language and a zone. */
    public Formats(Locale locale, ZoneId zone) {
        this.locale = locale;
        this.zone = zone;
        this.messages = new Messages(locale);
    }

    /**
     * Formats an amount with its currency.
     *
     * @param exact up to eight decimals instead of the currency's own; otherwise rounded half up, for display only
     * @param signed with a plus sign if positive
     */
    public String money(Money money, boolean exact, boolean signed) {
        var decimals = MoneyFormat.decimals(money);
        return MoneyFormat.text(money, locale, decimals, exact ? EXACT_DECIMALS : decimals, signed);
    }

    /** Returns whether {@link #money} formats an amount with a minus sign. */
    public static boolean isNegative(Money money, boolean exact) {
        var decimals = exact ? EXACT_DECIMALS : MoneyFormat.decimals(money);
        return money.amount().setScale(decimals, RoundingMode.HALF_UP).signum() < 0;
    }

    /**
     * Formats an amount with its currency, in a column of amounts.
     *
     * @param decimals the number of decimals; never fewer than the amount needs
     */
    public String exactly(Money money, int decimals, boolean signed) {
        return MoneyFormat.text(money, locale, decimals, EXACT_DECIMALS, signed);
    }

    /** Formats an hourly rate for display: four decimals, rounded half up, where the exact rate is shown elsewhere. */
    public String rate(Money money) {
        return MoneyFormat.text(money, locale, RATE_DECIMALS, RATE_DECIMALS, false);
    }

    /** Formats an amount of memory or disk in the most readable unit, with at most one decimal. */
    public String bytes(long bytes) {
        return bytes(bytes, KILO);
    }

    /** Formats an amount of disk or transfer, as plans state it and as it is charged: each unit is 1,024 of the previous one. */
    public String size(long bytes) {
        return bytes(bytes, KIBI);
    }

    private String bytes(long bytes, BigDecimal step) {
        var unit = 0;
        var value = BigDecimal.valueOf(bytes);
        while (value.compareTo(step) >= 0 && unit < UNITS.size() - 1) {
            // Exact: a division by a thousand moves the decimal point, one by 1,024 adds ten decimals.
            value = value.divide(step);
            unit++;
        }
        var decimals = value.compareTo(BigDecimal.TEN) < 0 && unit > 0 ? 1 : 0;
        return number(value.setScale(decimals, RoundingMode.HALF_UP)) + " " + UNITS.get(unit);
    }

    /** Formats a duration: seconds with a decimal below ten of them, milliseconds with one below ten of those. */
    public String took(Duration span) {
        if (span.abs().compareTo(PRECISE_BELOW) >= 0) {
            return span(span);
        }
        if (span.abs().compareTo(SECONDS_FROM) >= 0) {
            return signed(BigDecimal.valueOf(span.toNanos(), 9).setScale(1, RoundingMode.HALF_UP)) + " s";
        }
        var decimals = span.abs().toMillis() < 10 ? 1 : 0;
        return signed(BigDecimal.valueOf(span.toNanos(), 6).setScale(decimals, RoundingMode.HALF_UP)) + " ms";
    }

    private String signed(BigDecimal value) {
        return (value.signum() < 0 ? String.valueOf(MoneyFormat.MINUS) : "") + number(value.abs());
    }

    /** Formats a whole or decimal number, with at most three decimals. */
    public String number(Number number) {
        var written = number instanceof BigDecimal decimal
                ? decimal.setScale(NUMBER_DECIMALS, RoundingMode.HALF_EVEN)
                : number;
        return NumberFormat.getInstance(locale).format(written);
    }

    /** Formats a percentage with all its decimals. */
    public String rate(BigDecimal percent) {
        var format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(RATE_SCALE);
        return format.format(percent.setScale(RATE_SCALE, RoundingMode.HALF_EVEN));
    }

    /** Returns the name of a currency. */
    public String currency(Currency currency) {
        return currency.getDisplayName(locale);
    }

    /** Formats a number with exactly one decimal. */
    public String tenths(BigDecimal number) {
        var format = NumberFormat.getInstance(locale);
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        var written = number.setScale(1, RoundingMode.HALF_UP);
        return (written.signum() < 0 ? String.valueOf(MoneyFormat.MINUS) : "") + format.format(written.abs());
    }

    /** Formats a share of one as a percentage, without decimals. */
    public String percent(BigDecimal share) {
        return NumberFormat.getPercentInstance(locale).format(share.setScale(PERCENT_SCALE, RoundingMode.HALF_EVEN));
    }

    /** Formats a day such as 21 Nov 2026; {@code dayMonth} omits the year. */
    public String date(Object value) {
        if (value instanceof YearMonth month) {
            return DateTimeFormatter.ofPattern("LLLL yyyy", locale).format(month);
        }
        return localized(FormatStyle.MEDIUM, null).format(value instanceof LocalDate day ? day : at((Instant) value));
    }

    /** Formats the day and month only, for axes. */
    public String dayMonth(LocalDate day) {
        var pattern = pattern(FormatStyle.MEDIUM, null);
        return DateTimeFormatter.ofPattern(
                        pattern.replaceAll(",?\\s*y+\\s*", " ").strip(), locale)
                .format(day);
    }

    /** Formats hours and minutes. */
    public String time(Instant instant) {
        return localized(null, FormatStyle.SHORT).format(at(instant));
    }

    /** Formats day, hours and minutes. */
    public String moment(Instant instant) {
        return date(instant) + ", " + time(instant);
    }

    /** Formats day, time with seconds, and the zone's name. */
    public String exact(Instant instant) {
        return localized(FormatStyle.FULL, FormatStyle.LONG).format(at(instant));
    }

    /** Formats a moment relative to now; as a day if it is more than a week away. */
    public String relative(Instant instant, Instant now) {
        var span = Duration.between(instant, now);
        var distance = span.abs();
        if (distance.compareTo(Duration.ofMinutes(1)) < 0) {
            return messages.text("time.now");
        }
        if (distance.compareTo(Duration.ofDays(7)) > 0) {
            return date(instant);
        }
        var unit = distance.toHours() < 1 ? "minutes" : distance.toDays() < 1 ? "hours" : "days";
        var count = distance.toHours() < 1
                ? distance.toMinutes()
                : distance.toDays() < 1 ? distance.toHours() : distance.toDays();
        return messages.text((span.isNegative() ? "time.in." : "time.ago.") + unit, count);
    }

    /** Formats the two largest units of a span: 31 d 4 h, 4 h 12 min, 12 min. */
    public String span(Duration span) {
        var days = span.toDays();
        var hours = span.toHoursPart();
        var minutes = span.toMinutesPart();
        if (days > 0) {
            return messages.text("span.days", days)
                    + (hours > 0 && days < 100 ? " " + messages.text("span.hours", hours) : "");
        }
        if (hours > 0) {
            return messages.text("span.hours", hours)
                    + (minutes > 0 ? " " + messages.text("span.minutes", minutes) : "");
        }
        return span.toMinutes() > 0
                ? messages.text("span.minutes", minutes)
                : messages.text("span.seconds", span.toSecondsPart());
    }

    /** Formats a value in its machine-readable ISO form. */
    public String iso(Object value) {
        return value instanceof Instant instant
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at(instant))
                : value.toString();
    }

    /** Returns the initials of a person's first and last name; a dot if there is no name. */
    public static String initials(String name) {
        var words = SPACE.splitAsStream(name.strip())
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return "·";
        }
        var last = words.size() == 1 ? "" : firstLetter(words.get(words.size() - 1));
        return (firstLetter(words.get(0)) + last).toUpperCase(Locale.ROOT);
    }

    private static String firstLetter(String word) {
        return word.substring(0, word.offsetByCodePoints(0, 1));
    }

    private DateTimeFormatter localized(@Nullable FormatStyle date, @Nullable FormatStyle time) {
        return DateTimeFormatter.ofPattern(pattern(date, time), locale);
    }

    private String pattern(@Nullable FormatStyle date, @Nullable FormatStyle time) {
        return DateTimeFormatterBuilder.getLocalizedDateTimePattern(date, time, IsoChronology.INSTANCE, locale);
    }

    private ZonedDateTime at(Instant instant) {
        return instant.atZone(zone);
    }
}
