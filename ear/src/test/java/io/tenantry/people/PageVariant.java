package io.tenantry.people;

import java.util.List;

/**
 * The looks of a page.
 *
 * @param language {@code en} or {@code de}
 * @param theme {@code light} or {@code dark}
 * @param width of the window in pixels
 */
record PageVariant(String language, String theme, int width) {
    static final List<String> LANGUAGES = List.of("en", "de");
    static final List<String> THEMES = List.of("light", "dark");
    static final List<Integer> WIDTHS = List.of(390, 768, 1280);

    String otherTheme() {
        return theme.equals("light") ? "dark" : "light";
    }

    boolean isPhone() {
        return width < 500;
    }

    /** The height of a window, with room for fixed bars. */
    int height() {
        return isPhone() ? 844 : 900;
    }
}
