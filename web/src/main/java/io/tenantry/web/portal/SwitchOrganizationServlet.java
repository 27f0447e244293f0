package io.tenantry.web.portal;

import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A servlet that stores a member's choice of organization and redirects to its dashboard. The id of an organization that the member does not
 * belong to is ignored.
 */
@WebServlet("/portal/organization")
public class SwitchOrganizationServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentPerson me;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var wanted = QueryParameters.id(request.getParameter("id"));
        var place = me.getPlaces().stream()
                .filter(one -> wanted.filter(one.organizationId()::equals).isPresent())
                .findFirst();
        if (place.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        request.getSession()
                .setAttribute(CurrentOrganization.CHOSEN, place.get().organizationId());
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "/portal");
    }
}
