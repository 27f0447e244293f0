package io.tenantry.web.layout;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.web.security.CurrentPerson;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A servlet for the bare host that redirects signed-in people to their home page, and visitors to the reseller's first page, or the platform's
 * sign-in page.
 */
@WebServlet("")
public class HomeRedirectServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentPerson me;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        if (me.isSignedIn()) {
            response.sendRedirect(me.getHome());
        } else if (Tenancy.current().filter(Scope.PLATFORM::equals).isPresent()) {
            response.sendRedirect("/sign-in");
        } else {
            request.getRequestDispatcher("/home").forward(request, response);
        }
    }
}
