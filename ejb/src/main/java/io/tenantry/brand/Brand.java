package io.tenantry.brand;

import io.tenantry.text.InputText;
import java.util.List;

/**
 * How a tenant, or the platform itself, presents itself.
 *
 * @param name what it calls itself
 * @param links at the foot of public pages
 * @param brandImages without a logo the first letter of the name stands for it
 * @param version grows with every change; part of the addresses of the stylesheet and the icons
 */
public record Brand(
        String name, BrandStyle look, Contact contact, List<FooterLink> links, BrandImages brandImages, long version) {
    /** The platform's own look, and that of pages shown before it is known whose they are. */
    public static final Brand TENANTRY =
            of("Tenantry", Colour.of("#3b4a63"), Colour.of("#0f766e"), Colour.of("#e0912f"));

    public static final int NAME_MAX = 60;

    /** What a person may call a brand, in bounds. */
    public Brand {
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new IllegalArgumentException("a brand's name has 1 to 60 characters: " + name);
        }
        links = List.copyOf(links);
    }

    /**
     * Stands in on a tenant's host while its own cannot be read: nobody's colours, and the host for a name, since the platform is not to be
     * seen there.
     */
    public static Brand standIn(String host) {
        var name = InputText.cut(host, NAME_MAX);
        return of(name, TENANTRY.primary(), TENANTRY.secondary(), TENANTRY.accent());
    }

    /** A new brand of that name and colours. */
    public static Brand of(String name, Colour primary, Colour secondary, Colour accent) {
        return new Brand(name, BrandStyle.of(primary, secondary, accent), Contact.NONE, List.of(), BrandImages.NONE, 1);
    }

    /** The colour of the main action and the current place. */
    public Colour primary() {
        return look.primary();
    }

    /** The colour that the primary runs into. */
    public Colour secondary() {
        return look.secondary();
    }

    /** The colour of small marks. */
    public Colour accent() {
        return look.accent();
    }
}
