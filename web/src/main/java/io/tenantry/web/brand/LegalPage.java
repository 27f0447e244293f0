package io.tenantry.web.brand;

import io.tenantry.brand.LegalTexts;
import io.tenantry.kernel.markdown.Markdown;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The imprint, the terms or the privacy notice, accessible to all. */
@Named
@RequestScoped
public class LegalPage {
    @Inject
    LegalTexts texts;

    private String name = "";
    private LegalTexts.@Nullable Text text;

    /** Loads the text; responds with 404 if there is none. */
    public void open() {
        PageResult.load(
                () -> text = texts.current(kind()).orElseThrow(() -> new NotFoundException("legal text", name)));
    }

    private LegalTexts.Kind kind() {
        try {
            return LegalTexts.Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new NotFoundException("legal text", name);
        }
    }

    /** Returns the text as HTML, restricted to an allowlist of elements. */
    public String getHtml() {
        var known = text;
        return known == null ? "" : Markdown.page(known.body());
    }

    public @Nullable Instant getSince() {
        var known = text;
        return known == null ? null : known.publishedAt();
    }

    /** Returns the message key of its title. */
    public String getTitle() {
        return "legal." + name.toUpperCase(Locale.ROOT);
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }
}
