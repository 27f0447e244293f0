package io.tenantry.documents;

import java.util.Base64;
import java.util.Optional;

/**
 * An image that represents the brand, as data for the page.
 *
 * @param isIcon whether the name has to be next to it
 */
record Logo(String mediaType, String base64, boolean isIcon) {
    /**
     * Returns the logo for a raster image, or for a drawing that can be rendered; otherwise empty, and the brand's icon and name are used.
     */
    static Optional<Logo> of(String mediaType, byte[] content, boolean isIcon) {
        return mediaType.equals("image/svg+xml")
                ? SvgLogo.png(content).map(png -> ofPixels("image/png", png, isIcon))
                : Optional.of(ofPixels(mediaType, content, isIcon));
    }

    private static Logo ofPixels(String mediaType, byte[] content, boolean isIcon) {
        return new Logo(mediaType, Base64.getEncoder().encodeToString(content), isIcon);
    }
}
