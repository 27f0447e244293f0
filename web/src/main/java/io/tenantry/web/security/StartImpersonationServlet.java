package io.tenantry.web.security;

import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Impersonations;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.http.HttpSessions;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageMessages;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;

/**
 * A servlet that starts an impersonation, and redirects to the customer's portal. A plain form by POST, which no other site can send
 * ({@link CrossSiteCheck}); not a Faces page, since the views of the session end with it.
 */
@WebServlet(name = "ActingBegin", urlPatterns = StartImpersonationServlet.PATH)
public class StartImpersonationServlet extends HttpServlet {
    static final String PATH = "/staff/impersonate/start";

    private static final long serialVersionUID = 1L;

    @Inject
    transient Impersonations impersonations;

    @Inject
    transient SessionCache live;

    @Inject
    transient SignedInSessions signedIn;

    @Inject
    transient Format format;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var wanted = QueryParameters.id(request.getParameter("organization"));
        var token = HttpSessions.kept(request.getSession(false), SessionReference.ATTRIBUTE, SessionReference.class);
        if (wanted.isEmpty() || token.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            begin(request, response, token.get(), wanted.get());
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, SessionReference token, UUID wanted) {
        var reason = Objects.requireNonNullElse(request.getParameter("reason"), "");
        var outcome = impersonations.begin(token.sessionId(), wanted, reason);
        if (outcome instanceof Impersonations.Outcome.Started started) {
            live.forget();
            signedIn.rotate(request, token.actingFor(wanted, started.id()));
            go(response, "/portal");
        } else {
            PageMessages.next(
                    request, new PageMessages.ToastMessage("warn", format.text("impersonation.reason.missing"), ""));
            go(response, "/staff/impersonate?organization=" + wanted);
        }
    }

    /** Redirects, so that a reload repeats nothing. */
    static void go(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }
}
