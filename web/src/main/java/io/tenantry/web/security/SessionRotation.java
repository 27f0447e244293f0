package io.tenantry.web.security;

import io.tenantry.web.http.HttpSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/**
 * The replacement of the HTTP session of a browser whenever an impersonation starts or ends. Nothing is transferred from the previous one:
 * forms open in other windows, whether as the person or the customer, can no longer be submitted (their view does not exist), no action can be
 * undone, and knowledge of the old id is useless.
 */
final class SessionRotation {
    static final Duration IDLE_MAX = Duration.ofHours(2);

    private SessionRotation() {}

    /** Ends the HTTP session of the request and creates one with this reference only. */
    static void with(HttpServletRequest request, SessionReference token) {
        var before = request.getSession(false);
        if (before != null) {
            HttpSessions.end(before);
        }
        var fresh = request.getSession();
        request.changeSessionId(); // Protects against a container that reuses the id sent by the browser.
        fresh.setMaxInactiveInterval((int) IDLE_MAX.toSeconds());
        fresh.setAttribute(SessionReference.ATTRIBUTE, token);
    }
}
