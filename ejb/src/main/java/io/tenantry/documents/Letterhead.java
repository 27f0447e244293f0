package io.tenantry.documents;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.brand.Contrast;
import io.tenantry.brand.Palette;
import java.util.Optional;
import java.util.UUID;

/** Look of a document independent of its content: the brand with its logo, and the reseller's template. */
record Letterhead(Brand brand, Optional<Logo> logo, DocumentTemplate documentTemplate) {
    /** Returns the letterhead with the brand's current look. */
    static Letterhead of(Brands brands, DocumentTemplate documentTemplate) {
        var brand = brands.current();
        var brandImages = brand.brandImages();
        var logo = picture(brands, brandImages.logo(), false).or(() -> picture(brands, brandImages.icon(), true));
        return new Letterhead(brand, logo, documentTemplate);
    }

    private static Optional<Logo> picture(Brands brands, Optional<UUID> id, boolean isIcon) {
        return id.flatMap(brands::picture).flatMap(picture -> Logo.of(picture.mediaType(), picture.content(), isIcon));
    }

    /** The accent color; text in it is readable on paper. */
    Colour accent() {
        return documentTemplate
                .accent()
                .map(own -> Contrast.readableOn(own, Colour.WHITE))
                .orElseGet(() -> Palette.of(brand).light().brandText());
    }
}
