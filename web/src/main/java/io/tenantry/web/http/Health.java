package io.tenantry.web.http;

import io.tenantry.health.Readiness;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The readiness of this node, for load balancers that cannot reach the management port. Requests to any host are accepted. */
@WebServlet(Health.PATH)
public class Health extends HttpServlet {
    /** The path of the health check. */
    public static final String PATH = "/healthz";

    static final String TYPE = "application/json";
    static final String CACHING = "no-store";

    private static final long serialVersionUID = 1L;

    @Inject
    transient Readiness readiness;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var ready = readiness.isServing();
        response.setStatus(ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType(TYPE);
        response.setHeader("Cache-Control", CACHING);
        response.getWriter().write(state(readiness, ready));
    }

    /** Returns the response: while the node accepts no requests, with its current activity and whether waiting is pointless. */
    static String state(Readiness readiness, boolean ready) {
        var state = Json.createObjectBuilder().add("status", ready ? "UP" : "DOWN");
        if (!ready) {
            state.add("doing", readiness.doing()).add("failed", readiness.isFailed());
        }
        return state.build().toString();
    }
}
