package io.tenantry.demo;

import io.tenantry.brand.LegalTexts.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The legal texts of the demo's brands: complete in form and invented in content, as stated at their top. Each is in both languages. */
final class DemoLegal {
    private DemoLegal() {}

    /** Returns all texts of a brand, as Markdown. */
    static Map<Kind, String> of(DemoBrand brand) {
        var texts = new EnumMap<Kind, String>(Kind.class);
        for (var kind : Kind.values()) {
            texts.put(kind, text("legal/" + brand.slug() + "-" + kind.name().toLowerCase(Locale.ROOT) + ".md"));
        }
        return texts;
    }

    private static String text(String file) {
        try (var in = DemoLegal.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
