package io.tenantry.web.security;

import io.tenantry.people.identity.AuthenticatedPerson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attributes that this package stores in a request, and its path. */
final class RequestAttributes {
    private static final String PERSON = AuthenticatedPerson.class.getName();

    private RequestAttributes() {}

    /** Returns the decoded path within the application; it starts with a slash. */
    static String path(HttpServletRequest request) {
        @Nullable String rest = request.getPathInfo();
        var path = request.getServletPath() + (rest == null ? "" : rest);
        return path.isEmpty() ? "/" : path;
    }

    static Optional<AuthenticatedPerson> person(HttpServletRequest request) {
        return Optional.ofNullable((AuthenticatedPerson) request.getAttribute(PERSON));
    }

    static void person(HttpServletRequest request, AuthenticatedPerson person) {
        request.setAttribute(PERSON, person);
    }
}
