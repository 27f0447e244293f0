package io.tenantry.kernel.money;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.Locale;

/**
 * Formats amounts for people: on pages, in mails and on documents. Rounds half up, and takes the sign from the rounded value, so that an amount
 * that rounds to zero has none.
 */
public final class MoneyFormat {
    /** The sign of a negative number. */
    public static final char MINUS = '\u2212';

    private MoneyFormat() {}

    /** Formats an amount with the decimals of its currency. */
    public static String rounded(Money money, Locale locale) {
        return text(money, locale, decimals(money), decimals(money), false);
    }

    /** Formats an amount to its last decimal, with at least those of its currency. */
    public static String exact(Money money, Locale locale) {
        return text(money, locale, decimals(money), Money.SCALE, false);
    }

    /**
     * Formats an amount with its currency.
     *
     * @param least the minimum number of decimals
     * @param most the maximum number of decimals
     * @param signed with a plus if the rounded value is positive
     */
    public static String text(Money money, Locale locale, int least, int most, boolean signed) {
        var format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(money.currency());
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(Math.max(least, most));
        format.setRoundingMode(RoundingMode.HALF_UP);
        var written = money.amount().setScale(Math.max(least, most), RoundingMode.HALF_UP);
        var text = format.format(written.abs());
        return switch (written.signum()) {
            case -1 -> MINUS + text;
            case 1 -> signed ? "+" + text : text;
            default -> text;
        };
    }

    /** Returns the number of decimals in which amounts of this currency are paid. */
    public static int decimals(Money money) {
        return Math.max(0, money.currency().getDefaultFractionDigits());
    }
}
