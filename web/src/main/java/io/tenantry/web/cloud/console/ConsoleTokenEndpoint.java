package io.tenantry.web.cloud.console;

import io.tenantry.cloud.console.ConsoleToken;
import io.tenantry.cloud.console.ConsoleTokens;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A token for a console, by POST: {@code {"token": "..."}}. */
@WebServlet({"/portal/console-token", "/staff/console-token"})
public class ConsoleTokenEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ConsoleTokens consoleTokens;

    @Inject
    transient CurrentPerson me;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        var service = QueryParameters.id(request.getParameter("service"));
        var session = me.sessionId();
        if (service.isEmpty() || session.isEmpty()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        try {
            var kind = "vnc".equals(request.getParameter("kind")) ? ConsoleToken.Kind.SCREEN : ConsoleToken.Kind.SHELL;
            var token = consoleTokens.issue(service.get(), kind, session.get());
            response.setContentType("application/json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getWriter()
                    .write(Json.createObjectBuilder()
                            .add("token", token)
                            .build()
                            .toString());
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
