package io.tenantry.billing.reports;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A quarter of a year.
 *
 * @param number 1 to 4
 */
public record Quarter(int year, int number) {
    private static final Pattern WRITTEN = Pattern.compile("((?:19|20)[0-9]{2})-Q([1-4])");
    private static final int MONTHS = 3;

    /** Returns the quarter of a day. */
    public static Quarter of(LocalDate day) {
        return new Quarter(day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
    }

    /** Parses a quarter such as {@code 2026-Q4}. */
    public static Optional<Quarter> parse(String text) {
        var found = WRITTEN.matcher(text);
        return found.matches()
                ? Optional.of(new Quarter(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    public LocalDate firstDay() {
        return YearMonth.of(year, (number - 1) * MONTHS + 1).atDay(1);
    }

    /** Returns the quarter that many quarters earlier. */
    public Quarter minus(int quarters) {
        return of(firstDay().minusMonths((long) MONTHS * quarters));
    }

    @Override
    public String toString() {
        return year + "-Q" + number;
    }
}
