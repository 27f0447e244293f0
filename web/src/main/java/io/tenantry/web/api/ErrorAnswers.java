package io.tenantry.web.api;

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
 * A program is told by a problem what the container or the framework refuses before a resource is found: an address that is no UTF-8, a header
 * that is not of its form. Without this it would get the error page of people.
 */
public class ErrorAnswers extends HttpFilter {
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
        if (!Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream().allMatch(ErrorAnswers::areMediaTypes)) {
            return "the header Accept is no list of media types";
        }
        var type = request.getContentType();
        return type == null || areMediaTypes(type)
                ? "the address or a header cannot be read; addresses are UTF-8, percent-encoded"
                : "the header Content-Type is no media type";
    }

    private static boolean areMediaTypes(String list) {
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
