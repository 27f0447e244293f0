package io.tenantry.web.security;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.Impersonations;
import io.tenantry.identity.NotVisible;
import io.tenantry.web.edge.HttpSessions;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Said;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;

/**
 * Begins to act for a customer, and goes to that customer's portal. A plain form by POST, which no other site can send ({@link CrossSite});
 * no page of Faces, since the pages of the session end with it.
 */
@WebServlet(name = "ActingBegin", urlPatterns = ActingBegin.PATH)
public class ActingBegin extends HttpServlet {
    static final String PATH = "/staff/act/begin";

    private static final long serialVersionUID = 1L;

    @Inject
    transient Impersonations impersonations;

    @Inject
    transient LiveSessions live;

    @Inject
    transient Fmt fmt;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var wanted = Addresses.id(request.getParameter("organization"));
        var ticket = HttpSessions.kept(request.getSession(false), SessionTicket.ATTRIBUTE, SessionTicket.class);
        if (wanted.isEmpty() || ticket.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            begin(request, response, ticket.get(), wanted.get());
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, SessionTicket ticket, UUID wanted) {
        var reason = Objects.requireNonNullElse(request.getParameter("reason"), "");
        var outcome = impersonations.begin(ticket.sessionId(), wanted, reason);
        if (outcome instanceof Impersonations.Outcome.Begun begun) {
            live.forget();
            Renewal.with(request, ticket.actingFor(wanted, begun.id()));
            go(response, "/portal");
        } else {
            Said.next(request, new Said.Passing("warn", fmt.text("act.reason.missing"), ""));
            go(response, "/staff/act?organization=" + wanted);
        }
    }

    /** A reload repeats nothing. */
    static void go(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }
}
