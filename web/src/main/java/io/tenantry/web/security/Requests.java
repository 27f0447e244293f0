package io.tenantry.web.security;

import io.tenantry.identity.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this package keeps on, and asks of, a request. */
final class Requests {
    private static final String PERSON = SignedIn.class.getName();

    private Requests() {}

    /** The decoded path within the application; it begins with a slash. */
    static String path(HttpServletRequest request) {
        @Nullable String rest = request.getPathInfo();
        var path = request.getServletPath() + (rest == null ? "" : rest);
        return path.isEmpty() ? "/" : path;
    }

    static Optional<SignedIn> person(HttpServletRequest request) {
        return Optional.ofNullable((SignedIn) request.getAttribute(PERSON));
    }

    static void person(HttpServletRequest request, SignedIn person) {
        request.setAttribute(PERSON, person);
    }
}
