package io.tenantry.web.search;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The palette's answers as a page, for those without scripts and for more of each sort. */
@Named
@RequestScoped
public class SearchPage {
    private static final int LIMIT = 50;

    @Inject
    Palette palette;

    private String text = "";
    private @Nullable List<Group> groups;

    /** What was found, but for what only a script can do. */
    public List<Group> getGroups() {
        var known = groups;
        if (known == null) {
            known = palette.groups(text, LIMIT).stream()
                    .map(group -> new Group(
                            group.label(),
                            group.entries().stream()
                                    .filter(entry -> entry.act().isEmpty())
                                    .toList()))
                    .filter(group -> !group.entries().isEmpty())
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
