package io.tenantry.text;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A decimal number in the form of programs, with a dot and an optional exponent, within bounds: {@code 1e999999999} is short, but expands to a
 * billion digits when it is rounded or printed. {@link AmountText} reads numbers typed by people.
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
