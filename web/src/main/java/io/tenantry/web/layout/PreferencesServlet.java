package io.tenantry.web.layout;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.security.SessionCache;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a person's choice of theme or language and goes back to the page. The theme belongs to the screen and is remembered by
 * a cookie; so is the language until somebody signs in, whose choice is kept with the person then. Whoever acts for a customer
 * reads as ever, and changes that as oneself.
 */
@WebServlet("/preferences")
public class PreferencesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int YEAR_SECONDS = (int) Duration.ofDays(365).toSeconds();

    /** Browsers accept such a cookie from this very host alone, and by https. Scripts write it as well ({@code shell.js}, {@code table.js}). */
    private static final String PREFIX = "__Host-";

    /** A path on this host: no scheme, no host, nothing that ends the header. */
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[!-~&&[^\\\\]]{0,500}");

    @Inject
    transient Settings settings;

    @Inject
    transient CurrentPerson me;

    @Inject
    transient PersonAccounts personAccounts;

    @Inject
    transient SessionCache live;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        var theme = request.getParameter("theme");
        if (theme != null && Appearance.THEMES.contains(theme)) {
            remember(response, "theme", theme);
        }
        var language = request.getParameter("language");
        if (language != null && Language.isOffered(language) && !me.isActing()) {
            if (me.isSignedIn()) {
                personAccounts.setLocale(Locale.forLanguageTag(language));
                live.forget();
            } else {
                remember(response, "language", language);
            }
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", local(request.getParameter("back")));
    }

    static String local(@Nullable String back) {
        return back != null && LOCAL.matcher(back).matches() ? back : "/";
    }

    /** The value of a cookie, if there is one. By https only one that this very host has set, as its prefix says. */
    public static Optional<String> cookie(HttpServletRequest request, String name) {
        return named(request, PREFIX + name).or(() -> request.isSecure() ? Optional.empty() : named(request, name));
    }

    private static Optional<String> named(HttpServletRequest request, String name) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    private void remember(HttpServletResponse response, String name, String value) {
        var cookie = new Cookie(settings.tls() ? PREFIX + name : name, value);
        cookie.setPath("/");
        cookie.setMaxAge(YEAR_SECONDS);
        cookie.setSecure(settings.tls());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }
}
