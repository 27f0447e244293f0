package io.tenantry.paper;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.brand.Contrast;
import io.tenantry.brand.Palette;
import java.util.Optional;
import java.util.UUID;

/** What a document looks like whatever it is about: the brand with its logo, and the reseller's template. */
record Letterhead(Brand brand, Optional<PaperPage.Logo> logo, Template template) {
    /** In the brand's look as it is now. */
    static Letterhead of(Brands brands, Template template) {
        var brand = brands.current();
        var pictures = brand.pictures();
        var logo = picture(brands, pictures.logo(), false).or(() -> picture(brands, pictures.icon(), true));
        return new Letterhead(brand, logo, template);
    }

    private static Optional<PaperPage.Logo> picture(Brands brands, Optional<UUID> id, boolean isIcon) {
        return id.flatMap(brands::picture)
                .flatMap(picture -> PaperPage.Logo.of(picture.mediaType(), picture.content(), isIcon));
    }

    /** The colour of what stands out; text of it can be read on paper. */
    Colour accent() {
        return template.accent()
                .map(own -> Contrast.readableOn(own, Colour.WHITE))
                .orElseGet(() -> Palette.of(brand).light().brandText());
    }
}
