package io.tenantry.brand;

import io.tenantry.text.InputText;
import java.util.List;

/**
 * The appearance of a tenant or of the platform itself.
 *
 * @param name the display name
 * @param links in the footer of public pages
 * @param brandImages without a logo the first character of the name replaces it
 * @param version grows with every change; part of the URLs of the stylesheet and the icons
 */
public record Brand(
        String name, BrandStyle style, Contact contact, List<FooterLink> links, BrandImages brandImages, long version) {
    /** The platform's own appearance, and that of pages shown before the tenant is known. */
    public static final Brand TENANTRY =
            of("Tenantry", Colour.of("#3b4a63"), Colour.of("#0f766e"), Colour.of("#e0912f"));

    public static final int NAME_MAX = 60;

    /** Validates the name. */
    public Brand {
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new IllegalArgumentException("a brand's name has 1 to 60 characters: " + name);
        }
        links = List.copyOf(links);
    }

    /**
     * Returns a substitute for a tenant's brand that cannot be read: neutral colors, and the host as name, since the platform must not be
     * visible there.
     */
    public static Brand standIn(String host) {
        var name = InputText.cut(host, NAME_MAX);
        return of(name, TENANTRY.primary(), TENANTRY.secondary(), TENANTRY.accent());
    }

    /** Creates a brand with that name and those colors. */
    public static Brand of(String name, Colour primary, Colour secondary, Colour accent) {
        return new Brand(name, BrandStyle.of(primary, secondary, accent), Contact.NONE, List.of(), BrandImages.NONE, 1);
    }

    /** Returns the color of the main action and the current location. */
    public Colour primary() {
        return style.primary();
    }

    /** Returns the color into which the primary blends. */
    public Colour secondary() {
        return style.secondary();
    }

    /** Returns the color of small marks. */
    public Colour accent() {
        return style.accent();
    }
}
