package io.tenantry.web.cloud.console;

import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.web.push.LiveSocketConfigurator;
import io.tenantry.web.security.CurrentPerson;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/**
 * A filter that accepts a console's socket only from a page of this very host, and only from a person who is signed in here by a session. That
 * is only half of the check: the socket is useless until it has presented a console token.
 */
@WebFilter(filterName = "TerminalDoor", urlPatterns = ConsoleEndpoint.PATH, asyncSupported = true)
public class ConsoleSocketConfigurator extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentPerson me;

    @Inject
    transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!LiveSocketConfigurator.isSameOrigin(
                request.getHeader("Origin"), request.getHeader("Host"), settings.tls())) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        var person = me.person().map(AuthenticatedPerson::actor);
        var session = me.sessionId();
        if (person.isEmpty() || session.isEmpty()) {
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        var consoleVisitor = new ConsoleVisitor(Tenancy.scope(), session.get(), person.get(), RequestOrigin.current());
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public Principal getUserPrincipal() {
                        return consoleVisitor;
                    }
                },
                response);
    }

    private static void refuse(HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
    }
}
