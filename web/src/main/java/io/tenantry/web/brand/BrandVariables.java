package io.tenantry.web.brand;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Colour;
import io.tenantry.brand.Density;
import io.tenantry.brand.Palette;
import io.tenantry.brand.SignInBackground;
import io.tenantry.brand.Theme;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The custom properties with which a brand overrides those of tokens.css, light and dark side by side. They are written out in full, so that
 * the same values can be set on a part of a page, as the editor's preview does. Pure.
 */
final class BrandVariables {
    private final Palette palette;
    private final Map<String, String> all = new LinkedHashMap<>();

    private BrandVariables(Palette palette) {
        this.palette = palette;
    }

    /** Returns the properties by name, in order. */
    static Map<String, String> of(Brand brand) {
        return new BrandVariables(Palette.of(brand)).all(brand);
    }

    private Map<String, String> all(Brand brand) {
        var brandStyle = brand.style();
        one("--brand", palette.fill());
        one("--brand-2", brandStyle.secondary());
        one("--accent", brandStyle.accent());
        one("--on-brand", palette.onFill());
        one("--loud-from", palette.loudFrom());
        one("--loud-to", palette.loudTo());
        black("--loud-veil", Palette.VEIL);
        black("--loud-shade", Palette.SHADE);
        both("--brand-text", Theme::brandText);
        both("--brand-ink", Theme::ink);
        both("--brand-hover", Theme::hover);
        both("--brand-soft", Theme::soft);
        both("--brand-line", Theme::brandLine);
        both("--focus", Theme::focus);
        both("--chart", Theme::chart);
        both("--chart-before", Theme::chartBefore);
        both("--bg", Theme::ground);
        both("--surface", Theme::surface);
        both("--surface-2", Theme::surface2);
        both("--surface-3", Theme::surface3);
        both("--line", Theme::line);
        both("--line-strong", Theme::lineStrong);
        both("--line-control", Theme::lineControl);
        both("--text", Theme::text);
        both("--text-2", Theme::text2);
        both("--text-3", Theme::text3);
        tone("ok", Theme::ok);
        tone("warn", Theme::warn);
        tone("bad", Theme::bad);
        tone("info", Theme::info);
        all.put("--radius", brandStyle.radius() + "px");
        all.put("--control-radius", Math.max(Math.min(6, brandStyle.radius()), brandStyle.radius() - 3) + "px");
        all.put("--font", brandStyle.font().stack());
        all.put("--control-at-ease", brandStyle.density() == Density.COMPACT ? "34px" : "40px");
        all.put("--s4", brandStyle.density() == Density.COMPACT ? "12px" : "16px");
        all.put("--s5", brandStyle.density() == Density.COMPACT ? "18px" : "24px");
        all.put(
                "--backdrop",
                brand.brandImages()
                        .backdrop()
                        .filter(id -> brandStyle.backdrop() == SignInBackground.PICTURE)
                        .map(id -> "url(\"/brand/picture?id=" + id + "\")")
                        .orElse("none"));
        return all;
    }

    private void one(String name, Colour colour) {
        all.put(name, colour.hex());
    }

    private void black(String name, int percent) {
        all.put(name, "rgb(0 0 0 / " + percent + "%)");
    }

    private void both(String name, Function<Theme, Colour> part) {
        all.put(name, "light-dark(" + part.apply(palette.light()) + ", " + part.apply(palette.dark()) + ")");
    }

    private void tone(String name, Function<Theme, Theme.Tone> part) {
        both("--" + name, theme -> part.apply(theme).ink());
        both("--" + name + "-bg", theme -> part.apply(theme).ground());
    }
}
