package io.tenantry.web.tenancy;

import io.tenantry.web.problem.Incident;
import io.tenantry.web.problem.Problem;
import jakarta.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A filter that passes requests whose host was resolved. An unknown host receives a neutral static page (421); visitors of a suspended tenant
 * receive its notice (503) in its style; until the start is complete all requests are answered with a request to retry (503). API clients
 * receive the same as problems.
 */
public class HostFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String UNBRANDED_STYLES = "/unbranded.css";
    private static final String RETRY_SECONDS = "10";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var hostResolution = HostResolution.of(request);
        if (request.getServletPath().equals(UNBRANDED_STYLES)) {
            chain.doFilter(request, response);
        } else if (isOfPrograms(request) && hostResolution instanceof HostResolution.Misdirected) {
            problem(response, Problem.ofStatus(421, Incident.idOf(request)));
        } else if (isOfPrograms(request) && hostResolution instanceof HostResolution.Unavailable) {
            response.setHeader("Retry-After", RETRY_SECONDS);
            problem(
                    response,
                    Problem.ofStatus(
                            HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                            "the start is not done yet; come back after the seconds in Retry-After",
                            Incident.idOf(request)));
        } else if (isOfPrograms(request) && hostResolution instanceof HostResolution.Closed) {
            problem(response, Problem.ofStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE, Incident.idOf(request)));
        } else if (hostResolution instanceof HostResolution.Misdirected) {
            unbranded(request, response, 421, "misdirected.html");
        } else if (hostResolution instanceof HostResolution.Unavailable) {
            response.setHeader("Retry-After", RETRY_SECONDS);
            unbranded(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "starting.html");
        } else if (hostResolution instanceof HostResolution.Closed && !isOfTheNotice(request)) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            request.getRequestDispatcher("/WEB-INF/errorpages/suspended.xhtml").forward(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Returns whether it is an API request; the API responds with problems here too. */
    private static boolean isOfPrograms(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/");
    }

    private static void problem(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        var json = Json.createObjectBuilder()
                .add("type", problem.type())
                .add("title", problem.title())
                .add("status", problem.status())
                .add("detail", problem.detail())
                .add("instance", problem.instance())
                .add("code", problem.code())
                .build();
        try (var writer = response.getWriter()) {
            writer.write(json.toString());
        }
    }

    /** Returns whether the resource is needed to render the notice. */
    private static boolean isOfTheNotice(HttpServletRequest request) {
        var path = request.getServletPath();
        return path.equals("/brand.css")
                || path.equals("/favicon.ico")
                || path.startsWith("/brand/")
                || path.equals("/jakarta.faces.resource")
                || path.startsWith("/resources/")
                || path.equals("/preferences");
    }

    private static void unbranded(HttpServletRequest request, HttpServletResponse response, int status, String page)
            throws IOException {
        response.setStatus(status);
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        try (var content = HostFilter.class.getResourceAsStream(page)) {
            if (content != null) {
                var text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                response.getWriter().write(text.replace("{incident}", Incident.idOf(request)));
            }
        }
    }
}
