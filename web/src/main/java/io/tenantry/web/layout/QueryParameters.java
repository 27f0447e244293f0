package io.tenantry.web.layout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parameters in addresses of pages: ids and texts. */
public final class QueryParameters {
    private static final int UUID_LENGTH = 36;

    private QueryParameters() {}

    /** Returns the id in a parameter; empty if it is not an id. */
    public static Optional<UUID> id(@Nullable String text) {
        if (text == null || text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Encodes a text as part of an address. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
