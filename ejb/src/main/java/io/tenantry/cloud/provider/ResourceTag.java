package io.tenantry.cloud.provider;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** By what we find a service again at a vendor that numbers things itself: label, tag or name, whichever the vendor keeps. */
public record ResourceTag(UUID serviceId) {
    private static final String PREFIX = "svc-";

    /** The mark in a vendor's text, if it is one of ours. */
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

    /** The first mark among a thing's labels or tags. */
    public static Optional<ResourceTag> among(Stream<String> texts) {
        return texts.flatMap(text -> read(text).stream()).findFirst();
    }

    /** 40 characters of a-z, 0-9 and hyphens. */
    public String text() {
        return PREFIX + serviceId;
    }
}
