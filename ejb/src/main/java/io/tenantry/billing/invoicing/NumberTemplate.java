package io.tenantry.billing.invoicing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reseller's pattern for document numbers, such as {@code INV-{year}-{number:6}}. The year is required, because numbering restarts with it
 * and no two documents may have the same number.
 */
public record NumberTemplate(String text) {
    private static final String YEAR = "{year}";
    private static final int LENGTH_MAX = 40;
    private static final Pattern SHAPE = Pattern.compile(
            "(?<before>(?:[A-Za-z0-9/._-]|\\{year})*+)\\{number:(?<digits>[1-9])}(?<after>(?:[A-Za-z0-9/._-]|\\{year})*+)");

    /**
     * Creates a template.
     *
     * @throws IllegalArgumentException if its numbers would not be distinct, or contain characters that some accounting systems do not accept
     */
    public NumberTemplate {
        if (text.length() > LENGTH_MAX
                || !text.contains(YEAR)
                || !SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("a pattern of numbers is up to " + LENGTH_MAX
                    + " letters, digits, '/', '.', '_' and '-', with {year} and one {number:D}, where D is how many digits there are"
                    + " at least, found " + text);
        }
    }

    /** Returns the number format of a year. */
    public NumberFormat in(int year) {
        var parts = parts();
        return new NumberFormat(
                filled(parts.group("before"), year),
                Integer.parseInt(parts.group("digits")),
                filled(parts.group("after"), year));
    }

    private Matcher parts() {
        var parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException(text);
        }
        return parts;
    }

    private static String filled(String part, int year) {
        return part.replace(YEAR, Integer.toString(year));
    }
}
