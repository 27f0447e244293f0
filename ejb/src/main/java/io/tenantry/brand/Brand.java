package io.tenantry.brand;

/**
 * How a tenant, or the platform itself, presents itself.
 *
 * @param name what it calls itself
 * @param primary the colour of the main action and the current place
 * @param secondary the colour that the primary runs into
 * @param accent the colour of small marks
 * @param radius how round corners are, in pixels, 0 to 24
 * @param hasLogo whether there is a logo; without one the first letter of the name stands for it
 * @param version grows with every change; part of the addresses of stylesheet and logo
 */
public record Brand(
        String name, Colour primary, Colour secondary, Colour accent, int radius, boolean hasLogo, long version) {
    /** The platform's own look, and that of pages shown before it is known whose they are. */
    public static final Brand TENANTRY =
            new Brand("Tenantry", Colour.of("#3b4a63"), Colour.of("#0f766e"), Colour.of("#e0912f"), 12, false, 1);

    /** What a person may call a brand, and colours that a stylesheet may contain, in bounds. */
    public Brand {
        if (name.isBlank() || name.length() > 60) {
            throw new IllegalArgumentException("a brand's name has 1 to 60 characters: " + name);
        }
        if (radius < 0 || radius > 24) {
            throw new IllegalArgumentException("a brand's corners have a radius of 0 to 24 pixels: " + radius);
        }
    }

    /** A new brand of that name and colours. */
    public static Brand of(String name, Colour primary, Colour secondary, Colour accent) {
        return new Brand(name, primary, secondary, accent, 12, false, 1);
    }
}
