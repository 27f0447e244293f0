package io.tenantry.web.edge;

import io.tenantry.health.Readiness;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Whether this node takes requests, for load balancers that cannot reach the management port. Any host may ask. */
@WebServlet(Health.PATH)
public class Health extends HttpServlet {
    /** Where to ask. */
    public static final String PATH = "/healthz";

    private static final long serialVersionUID = 1L;

    @Inject
    transient Readiness readiness;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var ready = readiness.isServing();
        response.setStatus(ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        var state = Json.createObjectBuilder().add("status", ready ? "UP" : "DOWN");
        if (!ready) {
            state.add("doing", readiness.doing()).add("failed", readiness.isFailed());
        }
        response.getWriter().write(state.build().toString());
    }
}
