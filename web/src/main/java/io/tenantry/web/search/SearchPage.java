package io.tenantry.web.search;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The palette's results as a page, for browsers without scripts and for more results of each kind. */
@Named
@RequestScoped
public class SearchPage {
    private static final int LIMIT = 50;

    @Inject
    Palette palette;

    private String text = "";
    private @Nullable List<PaletteGroup> groups;

    /** Returns the results, except actions that require a script. */
    public List<PaletteGroup> getGroups() {
        var known = groups;
        if (known == null) {
            known = palette.groups(text, LIMIT).stream()
                    .map(paletteGroup -> new PaletteGroup(
                            paletteGroup.label(),
                            paletteGroup.entries().stream()
                                    .filter(paletteEntry -> paletteEntry.act().isEmpty())
                                    .toList()))
                    .filter(paletteGroup -> !paletteGroup.entries().isEmpty())
                    .toList();
            groups = known;
        }
        return known;
    }

    public boolean isAsked() {
        return !text.isBlank();
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = Objects.requireNonNullElse(text, "");
    }
}
