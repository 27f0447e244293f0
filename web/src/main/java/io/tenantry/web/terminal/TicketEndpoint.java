package io.tenantry.web.terminal;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.terminal.Ticket;
import io.tenantry.terminal.Tickets;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Addresses;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A ticket for a console, by POST: {@code {"ticket": "..."}}. */
@WebServlet({"/portal/terminal-ticket", "/staff/terminal-ticket"})
public class TicketEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Tickets tickets;

    @Inject
    transient CurrentPerson me;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        var service = Addresses.id(request.getParameter("service"));
        var session = me.sessionId();
        if (service.isEmpty() || session.isEmpty()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        try {
            var kind = "screen".equals(request.getParameter("kind")) ? Ticket.Kind.SCREEN : Ticket.Kind.SHELL;
            var ticket = tickets.issue(service.get(), kind, session.get());
            response.setContentType("application/json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getWriter()
                    .write(Json.createObjectBuilder()
                            .add("ticket", ticket)
                            .build()
                            .toString());
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
