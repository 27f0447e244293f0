package io.tenantry.brand;

/**
 * The typefaces that a brand can choose: those which people's systems bring, so nothing is loaded and nobody else learns who
 * reads the page.
 */
public enum Font {
    SYSTEM("system-ui, -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, sans-serif"),
    HUMANIST("Seravek, \"Gill Sans Nova\", Ubuntu, Calibri, \"DejaVu Sans\", sans-serif"),
    GEOMETRIC("Avenir, Montserrat, Corbel, \"URW Gothic\", sans-serif"),
    ROUNDED(
            "ui-rounded, \"Hiragino Maru Gothic ProN\", Quicksand, Comfortaa, \"Arial Rounded MT Bold\", Calibri, sans-serif"),
    SERIF("\"Iowan Old Style\", \"Palatino Linotype\", \"URW Palladio L\", P052, Georgia, serif"),
    SLAB("Rockwell, \"Rockwell Nova\", \"Roboto Slab\", \"DejaVu Serif\", \"Sitka Small\", serif");

    private final String stack;

    Font(String stack) {
        this.stack = stack;
    }

    /** The families as a stylesheet names them, the first that is there is used. */
    public String stack() {
        return stack;
    }
}
