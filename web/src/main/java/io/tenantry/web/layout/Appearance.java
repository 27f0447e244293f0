package io.tenantry.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** A person's display preferences: theme and width of the sidebar, stored in cookies, so that no page flickers. */
@RequestScoped
@Named
public class Appearance {
    static final Set<String> THEMES = Set.of("light", "dark", "system");

    @Inject
    HttpServletRequest request;

    /** Returns {@code light}, {@code dark}, or {@code system}, which follows the operating system. */
    public String getTheme() {
        return PreferencesServlet.cookie(request, "theme")
                .filter(THEMES::contains)
                .orElse("system");
    }

    /** Returns {@code narrow} or {@code wide}. */
    public String getSidebar() {
        return PreferencesServlet.cookie(request, "sidebar")
                .filter("narrow"::equals)
                .orElse("wide");
    }
}
