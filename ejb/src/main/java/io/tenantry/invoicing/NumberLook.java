package io.tenantry.invoicing;

/**
 * How the numbers of a series look. The database writes them alike, many at once.
 *
 * @param prefix what stands before the number
 * @param digits how many digits there are at least; a greater number has more
 * @param suffix what stands behind it
 */
public record NumberLook(String prefix, int digits, String suffix) {
    /** A number as documents show it. */
    public String of(long number) {
        var plain = Long.toString(number);
        return prefix + "0".repeat(Math.max(0, digits - plain.length())) + plain + suffix;
    }
}
