package io.tenantry.web.push;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Tenancy;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A filter that accepts a socket only from a page of this very host, which the browser states in the {@code Origin} header, and only from a
 * person who is signed in here by a session.
 */
@WebFilter(filterName = "LiveDoor", urlPatterns = PushEndpoint.PATH, asyncSupported = true)
public class LiveSocketConfigurator extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentPerson me;

    @Inject
    transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!isSameOrigin(request.getHeader("Origin"), request.getHeader("Host"), settings.tls())) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        var person = me.person();
        var session = me.sessionId();
        if (person.isEmpty() || session.isEmpty()) {
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        var subscriber = new Subscriber(
                Tenancy.scope(),
                session.get(),
                person.get().personId(),
                person.get().kind(),
                request.getRemoteAddr());
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public Principal getUserPrincipal() {
                        return subscriber;
                    }
                },
                response);
    }

    /**
     * Returns whether an origin belongs to this host. A request without an origin does not come from a browser, and is not accepted.
     *
     * @param isByTls whether clients connect by https: then a page loaded without it may be anyone's
     */
    public static boolean isSameOrigin(@Nullable String origin, @Nullable String host, boolean isByTls) {
        if (origin == null || host == null) {
            return false;
        }
        var plain = origin.toLowerCase(Locale.ROOT);
        var here = host.toLowerCase(Locale.ROOT);
        return plain.equals("https://" + here) || (!isByTls && plain.equals("http://" + here));
    }

    private static void refuse(HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
    }
}
