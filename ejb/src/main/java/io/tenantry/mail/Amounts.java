package io.tenantry.mail;

import io.tenantry.money.Money;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;

/** Money as letters say it: rounded to what the currency has, half up, for reading; the exact amount is in the statement. */
public final class Amounts {
    private Amounts() {}

    /** In the words of a language. */
    public static String text(Money money, Locale locale) {
        var format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(money.currency());
        var digits = Math.max(0, money.currency().getDefaultFractionDigits());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(money.amount());
    }
}
