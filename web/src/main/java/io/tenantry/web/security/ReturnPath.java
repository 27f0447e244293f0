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
 * Where to go after signing in. Only a path into a surface of ours is taken, written plainly: whatever a browser could read
 * as another host ({@code //}, backslashes, user info, control characters, encodings of them) is not.
 */
public final class ReturnPath {
    private static final int LENGTH_MAX = 500;
    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._~-]*)+/?(\\?[A-Za-z0-9._~=&%+-]*)?");

    private ReturnPath() {}

    /** The wish, if it is a plain path into the portal, the staff's desk or the console. */
    public static Optional<String> safe(@Nullable String wish) {
        if (wish == null || wish.length() > LENGTH_MAX || !PLAIN.matcher(wish).matches()) {
            return Optional.empty();
        }
        int query = wish.indexOf('?');
        var path = query < 0 ? wish : wish.substring(0, query);
        return Area.of(path).asksForSignIn() ? Optional.of(wish) : Optional.empty();
    }

    /** The query of the page that sent the request, if it is the page of the same path; what it says is only a wish. */
    static @Nullable String queryOfReferer(HttpServletRequest request) {
        try {
            var from = new URI(Objects.requireNonNullElse(request.getHeader("Referer"), ""));
            return request.getRequestURI().equals(from.getRawPath()) ? from.getRawQuery() : null;
        } catch (URISyntaxException nowhere) {
            return null;
        }
    }

    /** The address of the sign-in page that leads back to the wish, or just the page if the wish is not taken. */
    public static String signIn(@Nullable String wish) {
        return safe(wish)
                .map(path -> "/sign-in?return=" + URLEncoder.encode(path, StandardCharsets.UTF_8))
                .orElse("/sign-in");
    }
}
