package io.tenantry.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** How a person likes the pages: theme and width of the sidebar, remembered by cookies, so that no page flickers. */
@RequestScoped
@Named
public class Appearance {
    static final Set<String> THEMES = Set.of("light", "dark", "system");

    @Inject
    HttpServletRequest request;

    /** {@code light}, {@code dark}, or {@code system}: as the system is. */
    public String getTheme() {
        return PreferencesServlet.cookie(request, "theme")
                .filter(THEMES::contains)
                .orElse("system");
    }

    /** {@code narrow} or {@code wide}. */
    public String getSidebar() {
        return PreferencesServlet.cookie(request, "sidebar")
                .filter("narrow"::equals)
                .orElse("wide");
    }
}
