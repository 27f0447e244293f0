package io.tenantry.brand;

/** Predefined styles, each of them legible. */
public enum Preset {
    INDIGO("#4f46e5", "#0891b2", "#f59e0b", "#5a7299", Font.SYSTEM, 12),
    FOREST("#15694a", "#4d7c0f", "#d97706", "#66786b", Font.HUMANIST, 10),
    OCEAN("#0b61a4", "#0e7490", "#f97316", "#55758c", Font.SYSTEM, 8),
    PLUM("#86198f", "#be185d", "#eab308", "#7d6b86", Font.GEOMETRIC, 16),
    EMBER("#b93815", "#9f1239", "#0d9488", "#857068", Font.HUMANIST, 14),
    GRAPHITE("#27303f", "#475569", "#0ea5e9", "#6b7280", Font.SYSTEM, 4),
    VIOLET("#6d28d9", "#4338ca", "#10b981", "#6c6a93", Font.ROUNDED, 20),
    CLASSIC("#7a1f2b", "#334155", "#b7862c", "#7b7468", Font.SERIF, 2);

    private final String primary;
    private final String secondary;
    private final String accent;
    private final String neutral;
    private final Font font;
    private final int radius;

    Preset(String primary, String secondary, String accent, String neutral, Font font, int radius) {
        this.primary = primary;
        this.secondary = secondary;
        this.accent = accent;
        this.neutral = neutral;
        this.font = font;
        this.radius = radius;
    }

    /** Returns the style. */
    public BrandStyle style() {
        return new BrandStyle(
                Colour.of(primary),
                Colour.of(secondary),
                Colour.of(accent),
                Colour.of(neutral),
                font,
                radius,
                Density.COMFORTABLE,
                SignInBackground.DRAWING);
    }
}
