package io.tenantry.text;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses an amount as people write it: {@code 1.234,56}, {@code 1,234.56}, {@code 1 234,56}, {@code 1'234.50}, {@code 12,-}. A sign is read as
 * a decimal or thousands separator only where one reading is possible, or where the language of the page decides it; {@code 1.234} on a German
 * page has two readings and is refused, so that an amount cannot become a thousand times what was meant.
 */
public final class AmountText {
    /** The maximum number of digits before the decimal separator. */
    public static final int WHOLE_DIGITS_MAX = 11;

    /** The maximum number of digits after the decimal separator. */
    public static final int DECIMALS_MAX = 8;

    private static final String GROUPS = "[1-9][0-9]{0,2}(?:%1$s[0-9]{3})+|[1-9][0-9]?(?:%1$s[0-9]{2})+%1$s[0-9]{3}";
    private static final Pattern BLANK_GROUPS = Pattern.compile(GROUPS.replace("%1$s", " "));
    private static final Pattern APOSTROPHE_GROUPS = Pattern.compile(GROUPS.replace("%1$s", "'"));
    private static final Pattern DOT_GROUPS = Pattern.compile(GROUPS.replace("%1$s", "\\."));
    private static final Pattern COMMA_GROUPS = Pattern.compile(GROUPS.replace("%1$s", ","));
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern NO_CENTS = Pattern.compile("[.,][-\u2010-\u2015\u2212]{1,2}$");

    /** Without an exponent: zero with one can have a billion decimals. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,11}(?:[.,][0-9]{0,20})?|[.,][0-9]{1,20}");

    private AmountText() {}

    /** The result of parsing. */
    public sealed interface ParseResult {
        /** The amount, not negative. */
        record Amount(BigDecimal value) implements ParseResult {}

        /** The text was refused, and why. */
        record Refused(Fault fault) implements ParseResult {}
    }

    /** The reasons for refusing an amount. */
    public enum Fault {
        /** It contains something other than digits and separators. */
        NOT_A_NUMBER,
        /** It is negative. */
        NEGATIVE,
        /** It could be a thousand times as much: the sign is a decimal separator in one language and a thousands separator in the other. */
        AMBIGUOUS,
        /** A separator is misplaced. */
        GROUPS,
        /** More digits than {@link #WHOLE_DIGITS_MAX} or {@link #DECIMALS_MAX}. */
        TOO_LONG
    }

    /**
     * Parses a number that is never large enough for thousands, such as a percentage, with a dot or a comma before its decimals; empty if the
     * text is not a number.
     */
    public static Optional<BigDecimal> decimal(String typed) {
        var text = plain(typed);
        return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text.replace(',', '.'))) : Optional.empty();
    }

    /** Parses an amount as meant on a page of that language. */
    public static ParseResult read(String typed, Locale locale) {
        var text = plain(typed);
        if (text.startsWith("-") || (text.endsWith("-") && text.length() > 1 && Character.isDigit(text.charAt(0)))) {
            return refused(DIGITS.matcher(text).find() ? Fault.NEGATIVE : Fault.NOT_A_NUMBER);
        }
        if (text.startsWith("+")) {
            text = text.substring(1).strip();
        }
        if (!text.matches("[0-9.,' ]*[0-9][0-9.,' ]*")) {
            return refused(Fault.NOT_A_NUMBER);
        }
        var decimal = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator();
        return split(text, decimal == ',' ? ',' : '.');
    }

    /** Finds the decimal separator, if there is one. */
    private static ParseResult split(String text, char decimal) {
        var dot = text.lastIndexOf('.');
        var comma = text.lastIndexOf(',');
        if (dot >= 0 && comma >= 0) {
            return divided(text, Math.max(dot, comma));
        }
        var at = Math.max(dot, comma);
        if (at < 0) {
            return divided(text, text.length());
        }
        var sign = text.charAt(at);
        if (text.indexOf(sign) != at) {
            return divided(text, text.length()); // Only a thousands separator can occur several times.
        }
        var whole = text.substring(0, at);
        var couldBeThousands = text.length() - at - 1 == 3 && whole.matches("[1-9][0-9]{0,2}|[1-9][0-9]{0,2}[ '].*");
        return couldBeThousands && sign != decimal ? refused(Fault.AMBIGUOUS) : divided(text, at);
    }

    private static ParseResult divided(String text, int at) {
        var whole = text.substring(0, at).strip();
        var decimals = at < text.length() ? text.substring(at + 1).strip() : "";
        if ((!decimals.isEmpty() && !DIGITS.matcher(decimals).matches()) || (!whole.isEmpty() && !isWhole(whole))) {
            return refused(Fault.GROUPS);
        }
        var digits = whole.replaceAll("[^0-9]", "").replaceFirst("^0+(?=.)", "");
        if (digits.length() > WHOLE_DIGITS_MAX || decimals.length() > DECIMALS_MAX) {
            return refused(Fault.TOO_LONG);
        }
        return new ParseResult.Amount(
                new BigDecimal((digits.isEmpty() ? "0" : digits) + (decimals.isEmpty() ? "" : "." + decimals)));
    }

    private static boolean isWhole(String text) {
        return DIGITS.matcher(text).matches()
                || BLANK_GROUPS.matcher(text).matches()
                || APOSTROPHE_GROUPS.matcher(text).matches()
                || DOT_GROUPS.matcher(text).matches()
                || COMMA_GROUPS.matcher(text).matches();
    }

    /** Normalizes digits of any script to ASCII, and blanks, apostrophes and minus signs of any kind to one each. */
    private static String plain(String typed) {
        var text = new StringBuilder(typed.length());
        InputText.trimmed(typed).codePoints().forEach(point -> {
            if (Character.isDigit(point)) {
                text.append((char) ('0' + Character.digit(point, 10)));
            } else if (Characters.isSpace(point)) {
                text.append(' ');
            } else if (!Characters.isNothing(point)) {
                text.appendCodePoint(ascii(point));
            }
        });
        return NO_CENTS.matcher(text).replaceFirst("");
    }

    private static int ascii(int point) {
        return switch (point) {
            case 0x2019, 0x2018, 0x02BC, 0xFF07, 0x00B4, '`' -> '\'';
            case 0x2212, 0x2010, 0x2011, 0x2012, 0x2013, 0xFF0D -> '-';
            case 0xFF0C, 0x066B -> ',';
            case 0xFF0E -> '.';
            case 0x066C -> '\'';
            default -> point;
        };
    }

    private static ParseResult refused(Fault fault) {
        return new ParseResult.Refused(fault);
    }
}
