package io.tenantry.kernel.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A request to an external server.
 *
 * @param headers except those of the body; may hold credentials, so they are never printed
 * @param body with its type, such as {@code application/json}
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, Optional<Body> body) {
    /** The request body. */
    public record Body(String type, byte[] content) {}

    @Override
    public String toString() {
        return method + " " + uri.getHost() + uri.getRawPath();
    }
}
