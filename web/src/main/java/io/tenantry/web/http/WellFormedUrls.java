package io.tenantry.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A filter that rejects a request with 400 if its URL is not a URI (RFC 3986), such as one with a bracket in its path, or
 * if its percent sequences are no UTF-8. The server accepts such a URL, but the REST framework fails with a server error when it first reads a
 * parameter, and the container replaces bytes that are no UTF-8.
 */
public class WellFormedUrls extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isWellFormed(request.getRequestURL().toString(), request.getQueryString())) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    static boolean isWellFormed(String url, @Nullable String query) {
        try {
            var unused = new URI(query == null ? url : url + "?" + query);
            return isText(url) && (query == null || isText(query));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static boolean isText(String part) {
        var text = new PercentText(true);
        for (var octet : part.getBytes(StandardCharsets.UTF_8)) {
            if (!text.accepts(octet)) {
                return false;
            }
        }
        return text.isComplete();
    }
}
