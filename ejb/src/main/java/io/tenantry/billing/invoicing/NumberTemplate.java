package io.tenantry.billing.invoicing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a reseller wants the numbers of its documents to look, such as {@code INV-{year}-{number:6}}. The year is needed, because
 * numbers begin anew with it and no two documents may have the same.
 */
public record NumberTemplate(String text) {
    private static final String YEAR = "{year}";
    private static final int LENGTH_MAX = 40;
    private static final Pattern SHAPE = Pattern.compile(
            "(?<before>(?:[A-Za-z0-9/._-]|\\{year})*)\\{number:(?<digits>[1-9])}(?<after>(?:[A-Za-z0-9/._-]|\\{year})*)");

    /** @throws IllegalArgumentException if numbers could not be told apart by it, or hold what some ledgers cannot take in */
    public NumberTemplate {
        if (text.length() > LENGTH_MAX
                || !text.contains(YEAR)
                || !SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("a pattern of numbers is up to " + LENGTH_MAX
                    + " letters, digits, '/', '.', '_' and '-', with {year} and one {number:D}, where D is how many digits there are"
                    + " at least, found " + text);
        }
    }

    /** How the numbers of a year look. */
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
