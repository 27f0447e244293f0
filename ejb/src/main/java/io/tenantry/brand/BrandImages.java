package io.tenantry.brand;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The pictures of a brand, by id; their content is read through {@link Brands#picture}. */
public record BrandImages(Optional<UUID> logo, Optional<UUID> logoDark, Optional<UUID> icon, Optional<UUID> backdrop) {
    public static final BrandImages NONE =
            new BrandImages(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns the ids of the existing pictures. */
    public Stream<UUID> ids() {
        return Stream.of(logo, logoDark, icon, backdrop).flatMap(Optional::stream);
    }
}
