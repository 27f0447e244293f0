package io.tenantry.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Pages and files accept GET, HEAD and POST; other methods are rejected with 405. Faces would handle PUT and DELETE like GET. The API defines
 * the methods of each of its paths.
 */
public class Methods extends HttpFilter {
    private static final Set<String> OF_PAGES = Set.of("GET", "HEAD", "POST");
    private static final String API = "/api/";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isTaken(request.getMethod(), request.getRequestURI())) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("Allow", "GET, HEAD, POST");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    static boolean isTaken(String method, String path) {
        return OF_PAGES.contains(method) || path.startsWith(API);
    }
}
