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
 * A servlet that stores a person's choice of theme or language and redirects back to the page. The theme belongs to the screen and is stored in
 * a cookie; so is the language until the person signs in, after which it is stored with the person. During impersonation the language stays
 * that of the impersonator, who changes it only as themselves.
 */
@WebServlet("/preferences")
public class PreferencesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int YEAR_SECONDS = (int) Duration.ofDays(365).toSeconds();

    /**
     * The prefix of cookies that browsers accept from this very host only, and only by https. Scripts write such cookies as well
     * ({@code layout.js}, {@code table.js}).
     */
    private static final String PREFIX = "__Host-";

    /** A path on this host: no scheme, no host, no character that could end the header. */
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

    /** Returns the value of a cookie, if there is one. With https only a cookie that this very host has set, as its prefix guarantees. */
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
