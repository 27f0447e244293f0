package io.tenantry.kernel.money;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.Locale;

/**
 * Writes amounts for people: on pages, in mails and on documents. Rounds half up, and takes the sign from what is written, so that an amount
 * that rounds to zero has none.
 */
public final class MoneyFormat {
    /** What stands before a negative number. */
    public static final char MINUS = '\u2212';

    private MoneyFormat() {}

    /** An amount with the decimals of its currency. */
    public static String rounded(Money money, Locale locale) {
        return text(money, locale, decimals(money), decimals(money), false);
    }

    /** An amount to its last decimal, with at least those of its currency. */
    public static String exact(Money money, Locale locale) {
        return text(money, locale, decimals(money), Money.SCALE, false);
    }

    /**
     * An amount with its currency.
     *
     * @param least how many decimals are written at least
     * @param most how many decimals are written at most
     * @param signed with a plus if what is written is positive
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

    /** Decimals that amounts of this currency are paid in. */
    public static int decimals(Money money) {
        return Math.max(0, money.currency().getDefaultFractionDigits());
    }
}
