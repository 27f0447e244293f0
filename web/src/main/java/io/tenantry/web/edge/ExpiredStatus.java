package io.tenantry.web.edge;

import io.tenantry.text.UnacceptableText;
import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What is no fault of ours has a status of its own where the container would say 500: a form that was open for too long 409, a character that no
 * text may contain 400.
 */
public class ExpiredStatus extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof ViewExpiredException) {
                response.setStatus(HttpServletResponse.SC_CONFLICT);
            }
            chain.doFilter(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            if (response.isCommitted() || !isUnacceptableText(failure)) {
                throw failure;
            }
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    /** Not told to the container by an error page: PrimeFaces writes the names of those exceptions into every page. */
    private static boolean isUnacceptableText(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(UnacceptableText.class::isInstance);
    }
}
