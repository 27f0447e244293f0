package io.tenantry.web.shell;

import io.tenantry.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a person's choice of theme or language, remembers it by a cookie, and goes back to the page. */
@WebServlet("/preferences")
public class Preferences extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int YEAR_SECONDS = (int) Duration.ofDays(365).toSeconds();

    /** A path on this host: no scheme, no host, nothing that ends the header. */
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[!-~&&[^\\\\]]{0,500}");

    @Inject
    transient Settings settings;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        var theme = request.getParameter("theme");
        if (theme != null && Appearance.THEMES.contains(theme)) {
            remember(response, "theme", theme);
        }
        var language = request.getParameter("language");
        if (language != null && Language.isOffered(language)) {
            remember(response, "language", language);
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", local(request.getParameter("back")));
    }

    static String local(@Nullable String back) {
        return back != null && LOCAL.matcher(back).matches() ? back : "/";
    }

    static Optional<String> cookie(HttpServletRequest request, String name) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    private void remember(HttpServletResponse response, String name, String value) {
        var cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setMaxAge(YEAR_SECONDS);
        cookie.setSecure(settings.tls());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }
}
