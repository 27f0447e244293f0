package io.tenantry.cloud.provisioning;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fully qualified host name, as an address may have: at least two labels of letters, digits and inner hyphens, at most 253 characters in all
 * (RFC 1123, 2.1). Names in other scripts are written as xn--.
 *
 * @param text in lower case, without a trailing dot; empty for the provider's own name
 */
record Hostname(String text) {
    private static final int LENGTH_MAX = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    /** The last label is not a number, which would be an address. */
    private static final Pattern FORM = Pattern.compile("(" + LABEL + "\\.)++(?![0-9]+$)" + LABEL);

    /** Parses the input, if it is valid. */
    static Optional<Hostname> read(String typed) {
        var text = typed.strip().toLowerCase(Locale.ROOT);
        var bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        var isFit = bare.length() <= LENGTH_MAX && FORM.matcher(bare).matches();
        return text.isEmpty() || isFit ? Optional.of(new Hostname(bare)) : Optional.empty();
    }
}
