package io.tenantry.people;

/**
 * How a page is looked at.
 *
 * @param language {@code en} or {@code de}
 * @param theme {@code light} or {@code dark}
 * @param width of the window in pixels
 */
record Looks(String language, String theme, int width) {
    static final int[] WIDTHS = {390, 768, 1280};

    String otherTheme() {
        return theme.equals("light") ? "dark" : "light";
    }

    /** The height of a window, so that what is fixed has room. */
    int height() {
        return width < 500 ? 844 : 900;
    }
}
