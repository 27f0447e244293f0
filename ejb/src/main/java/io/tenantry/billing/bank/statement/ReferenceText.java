package io.tenantry.billing.bank.statement;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text that may name a customer, so that a second customer is noticed anywhere in the file. */
final class ReferenceText {
    private static final Pattern REFERENCE = Pattern.compile("RF[0-9]{12}");
    private static final Pattern TEN_DIGITS = Pattern.compile("(?<![0-9A-Za-z])[0-9](?:[ ./-]?[0-9]){9}(?![0-9])");
    private static final Pattern DOCUMENT =
            Pattern.compile("(?<![\\p{L}0-9])\\p{L}{1,6}[-/ ]?[0-9]{2,4}[-/ ][0-9]{3,}(?![0-9])");

    private ReferenceText() {}

    /** Whether a text contains a payment reference, regardless of spacing. */
    static boolean isReferenced(String text) {
        return REFERENCE
                .matcher(text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""))
                .find();
    }

    private static boolean mayName(String text) {
        return isReferenced(text)
                || TEN_DIGITS.matcher(text).find()
                || DOCUMENT.matcher(text).find();
    }

    /**
     * Appends to a purpose other texts that may name another customer. A purpose without a reference is left unchanged, because text of unknown
     * kind must not determine the owner of a payment.
     */
    static String with(String purpose, List<String> others) {
        if (!isReferenced(purpose)) {
            return purpose;
        }
        var all = new LinkedHashSet<String>();
        all.add(purpose);
        others.stream().filter(text -> !purpose.contains(text) && mayName(text)).forEach(all::add);
        return String.join(" ", all);
    }
}
