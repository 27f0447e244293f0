package io.tenantry.web.security;

import io.tenantry.people.identity.Impersonations;
import io.tenantry.web.http.HttpSessions;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A servlet that ends an impersonation by the button of the banner, and redirects to the customer's page. It is located on no surface, since
 * the banner appears on all of them, and it works after the impersonation has expired as well.
 */
@WebServlet(name = "ActingEnd", urlPatterns = StopImpersonationServlet.PATH)
public class StopImpersonationServlet extends HttpServlet {
    static final String PATH = "/impersonation/end";

    private static final long serialVersionUID = 1L;

    @Inject
    transient Impersonations impersonations;

    @Inject
    transient SessionCache live;

    @Inject
    transient SignedInSessions signedIn;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        var token = HttpSessions.kept(request.getSession(false), SessionReference.ATTRIBUTE, SessionReference.class);
        var acting = token.map(SessionReference::acting);
        if (RequestAttributes.person(request).isEmpty() || token.isEmpty() || acting.isEmpty()) {
            StartImpersonationServlet.go(response, "/");
            return;
        }
        impersonations.end();
        live.forget();
        signedIn.rotate(request, token.get().withoutImpersonation());
        StartImpersonationServlet.go(
                response, "/staff/customer?id=" + acting.get().organizationId());
    }
}
