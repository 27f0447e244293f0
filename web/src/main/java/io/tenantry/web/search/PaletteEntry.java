package io.tenantry.web.search;

/**
 * One line of the palette.
 *
 * @param title what is shown and matched
 * @param detail a fact beside it, or empty
 * @param icon its icon in img/icons.svg
 * @param href where it leads; empty if it acts
 * @param act what it does in the browser, such as {@code theme:dark}; empty if it leads somewhere
 */
public record PaletteEntry(String title, String detail, String icon, String href, String act) {
    static PaletteEntry to(String title, String detail, String icon, String href) {
        return new PaletteEntry(title, detail, icon, href, "");
    }

    static PaletteEntry doing(String title, String icon, String act) {
        return new PaletteEntry(title, "", icon, "", act);
    }
}
