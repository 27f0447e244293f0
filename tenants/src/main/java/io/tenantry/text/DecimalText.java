package io.tenantry.text;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A decimal number as programs write it, with a dot and perhaps an exponent, read within bounds: {@code 1e999999999} is short, but takes a thousand
 * million digits as soon as somebody rounds it or writes it out. What people type is read by {@link AmountText}.
 */
public final class DecimalText {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:[eE][+-]?0{0,9}[0-9]{1,2})?");

    private DecimalText() {}

    /** The number; empty if it is none, or beyond what any amount, rate or measurement has. */
    public static Optional<BigDecimal> of(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /**
     * As {@link #of}, of what has to be one.
     *
     * @throws NumberFormatException if it is none, with the text as far as it can be shown
     */
    public static BigDecimal require(String text) {
        return of(text).orElseThrow(() -> new NumberFormatException("no number: " + InputText.cut(text, 40)));
    }
}
