package io.tenantry.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An e-mail address as we keep it: lower case, of a plain form, without anything that could start a new header line. */
public final class EmailAddress {
    private static final int LENGTH_MAX = 254;
    private static final Pattern PLAIN = Pattern.compile("[^@\\s\\p{Cntrl}<>\",;:]{1,64}@[^@\\s\\p{Cntrl}<>\",;:]+");

    private EmailAddress() {}

    /** The address as we keep it; empty if it is not one. */
    public static Optional<String> of(String text) {
        var plain = text.strip().toLowerCase(Locale.ROOT);
        return plain.length() <= LENGTH_MAX && PLAIN.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
    }
}
