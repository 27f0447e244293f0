package io.tenantry.web.http;

import io.tenantry.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * A filter that adds the security headers to every response, including errors, downloads and resources. A page's own policy (with its nonce)
 * replaces the general one instead of being added to it: browsers would apply both. Responses are not cached by browsers or shared caches
 * unless the handler allows it: most belong to a session.
 */
public class SecurityHeaders extends HttpFilter {
    static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
    static final String CACHE_CONTROL = "Cache-Control";

    /** The path of resources; their addresses change with each build, and Faces sets their cache duration. */
    private static final String RESOURCES = "/jakarta.faces.resource";

    private static final long serialVersionUID = 1L;

    /** One year, as the preload list requires; subdomains are left to the tenants. */
    private static final String STRICT_TRANSPORT = "max-age=31536000";

    @Inject
    transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(CONTENT_SECURITY_POLICY, ContentSecurityPolicy.TEXT);
        if (!request.getServletPath().startsWith(RESOURCES)) {
            response.setHeader(CACHE_CONTROL, "no-store");
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        if (settings.tls()) {
            response.setHeader("Strict-Transport-Security", STRICT_TRANSPORT);
        }
        chain.doFilter(request, new OnePolicy(response));
    }

    /**
     * A response with one policy, and with relative addresses in redirects: the container would repeat the host and port that the client sent.
     */
    private static final class OnePolicy extends HttpServletResponseWrapper {
        OnePolicy(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            if (location.startsWith("/") && !location.startsWith("//")) {
                resetBuffer();
                setStatus(SC_FOUND);
                setHeader("Location", location);
                setContentLength(0);
                flushBuffer();
            } else {
                super.sendRedirect(location);
            }
        }

        @Override
        public void addHeader(String name, String value) {
            if (CONTENT_SECURITY_POLICY.equalsIgnoreCase(name) || CACHE_CONTROL.equalsIgnoreCase(name)) {
                setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }
    }
}
