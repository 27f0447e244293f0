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
            var failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
            if (failure instanceof ViewExpiredException) {
                response.setStatus(HttpServletResponse.SC_CONFLICT);
            } else if (failure instanceof UnacceptableText) {
                response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            }
        }
        chain.doFilter(request, response);
    }
}
