package io.tenantry.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Treats a form with a file field that is sent without multipart encoding as a form without a file. Otherwise access to the file fails, and the
 * client receives a server error.
 */
@WebFilter(
        filterName = "PlainForms",
        urlPatterns = {"/staff/*", "/portal/*", "/admin/*"},
        asyncSupported = true)
public class MultipartFallbackFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(isPlain(request) ? new WithoutFiles(request) : request, response);
    }

    private static boolean isPlain(HttpServletRequest request) {
        var type = request.getContentType();
        return request.getMethod().equals("POST")
                && (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"));
    }

    private static final class WithoutFiles extends HttpServletRequestWrapper {
        WithoutFiles(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Collection<Part> getParts() {
            return List.of();
        }

        @Override
        public @Nullable Part getPart(String name) {
            return null;
        }
    }
}
