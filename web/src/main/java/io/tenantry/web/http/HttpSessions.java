package io.tenantry.web.http;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and ends sessions of the container. Several requests of one browser come at the same time, a page and the socket that it
 * is live by, and any of them may end the session. Those that come second find it ended, which is nobody's mistake.
 */
public final class HttpSessions {
    private HttpSessions() {}

    /** What is kept under a name; nothing if there is no session, or if it has just ended. */
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

    /** What is kept under a name, if it is such a thing. */
    public static <T> Optional<T> kept(@Nullable HttpSession session, String name, Class<T> kind) {
        return kept(session, name).filter(kind::isInstance).map(kind::cast);
    }

    /** What was kept under a name, if it is such a thing; it is not kept any longer. */
    public static <T> Optional<T> taken(@Nullable HttpSession session, String name, Class<T> kind) {
        var taken = kept(session, name, kind);
        if (session != null && taken.isPresent()) {
            try {
                session.removeAttribute(name);
            } catch (IllegalStateException over) {
                return taken; // It went with its session.
            }
        }
        return taken;
    }

    /** Ends it, unless somebody else did. */
    public static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException over) {
            // It is ended, and that was asked for.
        }
    }
}
