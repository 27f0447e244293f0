package io.tenantry.kernel.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server of others said.
 *
 * @param headers by name in lower case; of several with one name the last
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final int OK = 200;
    private static final int NO_LONGER_OK = 300;

    /** Whether it was done, or accepted. */
    public boolean isFine() {
        return status >= OK && status < NO_LONGER_OK;
    }

    /** One of its headers. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body as text in UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
