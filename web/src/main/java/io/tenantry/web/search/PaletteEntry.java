package io.tenantry.web.search;

/**
 * One entry of the palette.
 *
 * @param title the text that is shown and matched
 * @param detail a fact beside it, or empty
 * @param icon its icon in img/icons.svg
 * @param href the link; empty if it is an action
 * @param act the action in the browser, such as {@code theme:dark}; empty if it is a link
 */
public record PaletteEntry(String title, String detail, String icon, String href, String act) {
    static PaletteEntry to(String title, String detail, String icon, String href) {
        return new PaletteEntry(title, detail, icon, href, "");
    }

    static PaletteEntry doing(String title, String icon, String act) {
        return new PaletteEntry(title, "", icon, "", act);
    }
}
