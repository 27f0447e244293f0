package io.tenantry.kernel.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The response of an external server.
 *
 * @param headers by name in lower case; the last one wins
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final int OK = 200;
    private static final int NO_LONGER_OK = 300;

    /** Whether the request was done or accepted. */
    public boolean isFine() {
        return status >= OK && status < NO_LONGER_OK;
    }

    /** Returns a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns the body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
