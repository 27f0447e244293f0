package io.tenantry.provider;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** By what we find a service again at a vendor that numbers things itself: label, tag or name, whichever the vendor keeps. */
public record Mark(UUID serviceId) {
    private static final String PREFIX = "svc-";

    /** The mark in a vendor's text, if it is one of ours. */
    public static Optional<Mark> read(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Mark(UUID.fromString(text.substring(PREFIX.length()))))
                    .filter(mark -> mark.text().equals(text));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    /** The first mark among a thing's labels or tags. */
    public static Optional<Mark> among(Stream<String> texts) {
        return texts.flatMap(text -> read(text).stream()).findFirst();
    }

    /** 40 characters of a-z, 0-9 and hyphens. */
    public String text() {
        return PREFIX + serviceId;
    }
}
