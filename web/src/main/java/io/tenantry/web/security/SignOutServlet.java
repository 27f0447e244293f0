package io.tenantry.web.security;

import io.tenantry.people.identity.Sessions;
import io.tenantry.web.http.HttpSessions;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet that signs a person out, here or (with parameter {@code everywhere}) on all devices. By POST only: an image must not sign out. */
@WebServlet(name = "SignOut", urlPatterns = SignOutServlet.PATH)
public class SignOutServlet extends HttpServlet {
    static final String PATH = "/sign-out";

    private static final long serialVersionUID = 1L;

    @Inject
    transient Sessions sessions;

    @Inject
    transient SessionCache live;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = request.getSession(false);
        if (session != null) {
            var token = HttpSessions.kept(session, SessionReference.ATTRIBUTE, SessionReference.class);
            if (RequestAttributes.person(request).isPresent() && token.isPresent()) {
                if (request.getParameter("everywhere") != null) {
                    sessions.endMine();
                } else {
                    sessions.end(token.get().sessionId());
                }
                live.forget();
            }
            HttpSessions.end(session);
        }
        response.sendRedirect("/sign-in");
    }
}
