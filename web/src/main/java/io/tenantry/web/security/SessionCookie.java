package io.tenantry.web.security;

import io.tenantry.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.annotation.WebListener;
import java.util.Set;

/**
 * The session cookie: only for us, inaccessible to scripts, not sent by other sites, and with TLS named {@code __Host-}, which browsers accept
 * from this very host only. Never in the URL.
 */
@WebListener
public class SessionCookie implements ServletContextListener {
    @Inject
    Settings settings;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        context.setSessionTimeout((int) AnonymousSessions.IDLE_MAX.toMinutes());
        var cookie = context.getSessionCookieConfig();
        cookie.setName(settings.tls() ? "__Host-session" : "session");
        cookie.setSecure(settings.tls());
        cookie.setHttpOnly(true);
        cookie.setPath("/");
        cookie.setAttribute("SameSite", "Lax");
    }
}
