package io.tenantry.cloud.provisioning;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The full name of a host, as an address may be given: labels of letters, digits and inner hyphens, two at least, 253 letters in all (RFC
 * 1123, 2.1). Names in other scripts are written as xn--.
 *
 * @param text in lower case, without a dot at its end; empty for the vendor's own name
 */
record Hostname(String text) {
    private static final int LENGTH_MAX = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    /** The last label is not a number: that would be an address. */
    private static final Pattern FORM = Pattern.compile("(" + LABEL + "\\.)+(?![0-9]+$)" + LABEL);

    /** What was typed, if it is one. */
    static Optional<Hostname> read(String typed) {
        var text = typed.strip().toLowerCase(Locale.ROOT);
        var bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        var isFit = bare.length() <= LENGTH_MAX && FORM.matcher(bare).matches();
        return text.isEmpty() || isFit ? Optional.of(new Hostname(bare)) : Optional.empty();
    }
}
