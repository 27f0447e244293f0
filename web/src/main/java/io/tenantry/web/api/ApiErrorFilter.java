package io.tenantry.web.api;

import io.tenantry.web.http.ReadableHeaders;
import io.tenantry.web.problem.Incident;
import io.tenantry.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Collections;

/**
 * Answers errors of the API that occur before a resource is reached with a problem document instead of the HTML error page: a URL that is not
 * valid UTF-8 or not a URI, or a malformed {@code Accept} or {@code Content-Type} header.
 */
public class ApiErrorFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String API = "/api/";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String address)
                || !address.startsWith(API)) {
            chain.doFilter(request, response);
            return;
        }
        var status = response.getStatus();
        var incident = Incident.idOf(request);
        var problem = status == HttpServletResponse.SC_BAD_REQUEST
                ? Problem.ofStatus(status, unreadable(request), incident)
                : Problem.ofStatus(status, incident);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(JsonSettings.JSONB.toJson(problem));
    }

    private static String unreadable(HttpServletRequest request) {
        if (!Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
                .allMatch(ApiErrorFilter::areMediaTypes)) {
            return "the Accept header is not a list of media types";
        }
        var type = request.getContentType();
        return type == null || areMediaTypes(type)
                ? "the URL or a header is malformed; encode URLs as percent-encoded UTF-8"
                : "the Content-Type header is not a media type";
    }

    private static boolean areMediaTypes(String list) {
        if (!ReadableHeaders.isWeighed(list)) {
            return false;
        }
        try {
            for (var one : list.split(",", -1)) {
                var unused = MediaType.valueOf(one.strip());
            }
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
