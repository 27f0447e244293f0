package io.tenantry.cloud.provider;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The identifier by which a service is found at a provider that assigns its own IDs: a label, tag or name, depending on the provider. */
public record ResourceTag(UUID serviceId) {
    private static final String PREFIX = "svc-";

    /** Parses the identifier in a text of the provider, if it is one of ours. */
    public static Optional<ResourceTag> read(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ResourceTag(UUID.fromString(text.substring(PREFIX.length()))))
                    .filter(resourceTag -> resourceTag.text().equals(text));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    /** Returns the first of our identifiers among the labels or tags of a resource. */
    public static Optional<ResourceTag> among(Stream<String> texts) {
        return texts.flatMap(text -> read(text).stream()).findFirst();
    }

    /** Returns 40 characters of a-z, 0-9 and hyphens. */
    public String text() {
        return PREFIX + serviceId;
    }
}
