package io.tenantry.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path to return to after sign-in. Only a path into one of our surfaces is accepted, in plain form: anything that a browser could interpret
 * as another host ({@code //}, backslashes, user info, control characters, encodings of them) is rejected.
 */
public final class ReturnPath {
    private static final int LENGTH_MAX = 500;
    private static final Pattern PLAIN =
            Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._~-]*+)++/?(\\?[A-Za-z0-9._~=&%+-]*)?");

    private ReturnPath() {}

    /** Returns the requested path, if it is a plain path into the portal, the staff pages or the admin surface. */
    public static Optional<String> safe(@Nullable String requested) {
        if (requested == null
                || requested.length() > LENGTH_MAX
                || !PLAIN.matcher(requested).matches()) {
            return Optional.empty();
        }
        int query = requested.indexOf('?');
        var path = query < 0 ? requested : requested.substring(0, query);
        return Area.of(path).asksForSignIn() ? Optional.of(requested) : Optional.empty();
    }

    /** Returns the query of the referring page, if its path equals the request's; the result must be validated. */
    static @Nullable String queryOfReferer(HttpServletRequest request) {
        try {
            var from = new URI(Objects.requireNonNullElse(request.getHeader("Referer"), ""));
            return request.getRequestURI().equals(from.getRawPath()) ? from.getRawQuery() : null;
        } catch (URISyntaxException nowhere) {
            return null;
        }
    }

    /** Returns the address of the sign-in page that leads back to the requested path, or the page alone if the path is not accepted. */
    public static String signIn(@Nullable String requested) {
        return safe(requested)
                .map(path -> "/sign-in?return=" + URLEncoder.encode(path, StandardCharsets.UTF_8))
                .orElse("/sign-in");
    }

    /** Returns the same for a person who was signed out because there were too many sessions; the page says so. */
    static String signInAgain(@Nullable String requested) {
        var page = signIn(requested);
        return page + (page.contains("?") ? "&" : "?") + "ended=sessions";
    }
}
