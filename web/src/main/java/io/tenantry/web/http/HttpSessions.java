package io.tenantry.web.http;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Safe access to the container's sessions. A browser sends several requests concurrently, such as a page and its push socket, and any of them
 * may end the session. The others find it ended, which is not an error.
 */
public final class HttpSessions {
    private HttpSessions() {}

    /** Returns the value of an attribute; empty if there is no session, or if it has just ended. */
    public static Optional<Object> kept(@Nullable HttpSession session, String name) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(session.getAttribute(name));
        } catch (IllegalStateException over) {
            return Optional.empty();
        }
    }

    /** Returns the value of an attribute, if it has the given type. */
    public static <T> Optional<T> kept(@Nullable HttpSession session, String name, Class<T> kind) {
        return kept(session, name).filter(kind::isInstance).map(kind::cast);
    }

    /** Removes an attribute and returns its value, if it has the given type. */
    public static <T> Optional<T> taken(@Nullable HttpSession session, String name, Class<T> kind) {
        var taken = kept(session, name, kind);
        if (session != null && taken.isPresent()) {
            try {
                session.removeAttribute(name);
            } catch (IllegalStateException over) {
                return taken; // It was removed with its session.
            }
        }
        return taken;
    }

    /** Ends the session, unless another request has done so. */
    public static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException over) {
            // The session has ended, as requested.
        }
    }
}
