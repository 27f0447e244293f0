package io.tenantry.bench.driver;

import io.tenantry.tenancy.TenantId;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Commands of isolation tests to the server: {@code POST /bench/isolation/canaries, /poison, /trespass, /concurrent}; one tenant per line, with
 * {@code threads}, {@code times} and {@code seed} of {@code concurrent} in the query.
 */
@WebServlet("/isolation/*")
public class IsolationServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Canaries canaries;

    @Inject
    transient CrossTenantProbe crossTenantProbe;

    @Inject
    transient ConcurrentUsers concurrentUsers;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var tenants = request.getReader().lines().map(TenantId::new).toList();
        var answer = request.getPathInfo().equals("/concurrent")
                ? runConcurrently(request, tenants)
                : answer(request.getPathInfo(), tenants);
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(answer);
    }

    private String runConcurrently(HttpServletRequest request, List<TenantId> tenants) {
        return String.join(
                "\n",
                concurrentUsers.inspect(
                        tenants,
                        Integer.parseInt(request.getParameter("threads")),
                        Integer.parseInt(request.getParameter("times")),
                        Long.parseLong(request.getParameter("seed"))));
    }

    private String answer(String what, List<TenantId> tenants) {
        return switch (what) {
            case "/canaries" -> canaries.plant(tenants.get(0));
            case "/poison" -> String.valueOf(crossTenantProbe.poison(tenants.get(0)));
            case "/trespass" -> String.join("\n", crossTenantProbe.tryAll(tenants.get(0), tenants.get(1)));
            default -> throw new IllegalArgumentException("unknown: " + what);
        };
    }
}
