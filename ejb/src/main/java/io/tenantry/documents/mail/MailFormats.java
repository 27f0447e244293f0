package io.tenantry.documents.mail;

import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.money.MoneyFormat;
import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * Formats money and days for emails: money rounded half up to the decimals of the currency, for reading; the exact amount is in the statement.
 */
public final class MailFormats {
    private MailFormats() {}

    /** Formats a day in a language. */
    public static String day(LocalDate day, Locale locale) {
        var pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                FormatStyle.MEDIUM, null, IsoChronology.INSTANCE, locale);
        return DateTimeFormatter.ofPattern(pattern, locale).format(day);
    }

    /** Formats an amount in a language. */
    public static String text(Money money, Locale locale) {
        return MoneyFormat.rounded(money, locale);
    }
}
