package io.tenantry.billing.invoicing;

/**
 * Format of the numbers of a series. The database formats them in the same way, many at once.
 *
 * @param prefix the text before the number
 * @param digits the minimum number of digits; a greater number has more
 * @param suffix the text after it
 */
public record NumberFormat(String prefix, int digits, String suffix) {
    /** Whether numbers of both formats may result in the same text. */
    boolean mayMeet(NumberFormat other) {
        return isMoreDigits(prefix, other.prefix, true) && isMoreDigits(suffix, other.suffix, false);
    }

    /** Whether one is the other plus digits only, on the side of the number. */
    private static boolean isMoreDigits(String one, String other, boolean isBefore) {
        var longer = one.length() >= other.length() ? one : other;
        var shorter = one.length() >= other.length() ? other : one;
        var rest =
                isBefore ? longer.substring(shorter.length()) : longer.substring(0, longer.length() - shorter.length());
        return (isBefore ? longer.startsWith(shorter) : longer.endsWith(shorter))
                && rest.chars().allMatch(Character::isDigit);
    }

    /** Returns a number as documents show it. */
    public String of(long number) {
        var plain = Long.toString(number);
        return prefix + "0".repeat(Math.max(0, digits - plain.length())) + plain + suffix;
    }
}
