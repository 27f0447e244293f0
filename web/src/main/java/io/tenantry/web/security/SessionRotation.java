package io.tenantry.web.security;

import io.tenantry.web.http.HttpSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/**
 * Another HTTP session for the same browser, whenever it changes for whom its person acts. Nothing goes over from the one
 * before: pages that stand open in other windows, in whoever's name they were opened, cannot be sent any more (their view is
 * gone), no step can be undone, and who knew the id before does not know the new one.
 */
final class SessionRotation {
    static final Duration IDLE_MAX = Duration.ofHours(2);

    private SessionRotation() {}

    /** Ends the HTTP session of the request and begins one with this ticket and nothing else. */
    static void with(HttpServletRequest request, SessionReference ticket) {
        var before = request.getSession(false);
        if (before != null) {
            HttpSessions.end(before);
        }
        var fresh = request.getSession();
        request.changeSessionId(); // Even if the container should take the id that the browser still brings.
        fresh.setMaxInactiveInterval((int) IDLE_MAX.toSeconds());
        fresh.setAttribute(SessionReference.ATTRIBUTE, ticket);
    }
}
