package io.tenantry.billing.invoicing;

/**
 * How the numbers of a series look. The database writes them alike, many at once.
 *
 * @param prefix what stands before the number
 * @param digits how many digits there are at least; a greater number has more
 * @param suffix what stands behind it
 */
public record NumberFormat(String prefix, int digits, String suffix) {
    /** Whether a number of the one may be the same text as a number of the other. */
    boolean mayMeet(NumberFormat other) {
        return isMoreDigits(prefix, other.prefix, true) && isMoreDigits(suffix, other.suffix, false);
    }

    /** Whether one is the other with nothing but digits besides, on the side of the number. */
    private static boolean isMoreDigits(String one, String other, boolean isBefore) {
        var longer = one.length() >= other.length() ? one : other;
        var shorter = one.length() >= other.length() ? other : one;
        var rest =
                isBefore ? longer.substring(shorter.length()) : longer.substring(0, longer.length() - shorter.length());
        return (isBefore ? longer.startsWith(shorter) : longer.endsWith(shorter))
                && rest.chars().allMatch(Character::isDigit);
    }

    /** A number as documents show it. */
    public String of(long number) {
        var plain = Long.toString(number);
        return prefix + "0".repeat(Math.max(0, digits - plain.length())) + plain + suffix;
    }
}
