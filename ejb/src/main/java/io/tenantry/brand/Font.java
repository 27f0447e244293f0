package io.tenantry.brand;

/** The typefaces a brand can choose: those of people's own systems, so that nothing is loaded and no third party learns who reads the page. */
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

    /** Returns the families for a stylesheet; the first available one is used. */
    public String stack() {
        return stack;
    }
}
