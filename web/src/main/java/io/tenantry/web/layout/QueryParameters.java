package io.tenantry.web.layout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands in addresses of pages: ids and texts. */
public final class QueryParameters {
    private static final int UUID_LENGTH = 36;

    private QueryParameters() {}

    /** The id that a parameter names; empty if it names none. */
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

    /** A text as part of an address. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
