package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.DeletionLockedException;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.cloud.provisioning.Terminations;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A servlet that terminates the services selected in the list, if their number was typed as a confirmation. A plain form, so that it needs
 * neither a view on the server nor our script.
 */
@WebServlet("/portal/services/terminate")
public class TerminateServicesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentOrganization organization;

    @Inject
    transient Terminations terminations;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var given = Objects.requireNonNullElse(request.getParameterValues("id"), new String[0]);
        var ids = Arrays.stream(given)
                .flatMap(id -> QueryParameters.id(id).stream())
                .distinct()
                .toList();
        if (ids.isEmpty()
                || ids.size() > Services.TOGETHER_MAX
                || !Integer.toString(ids.size()).equals(request.getParameter("confirmed"))) {
            go(response, "/portal/services");
            return;
        }
        try {
            go(response, "/portal/services?ended=" + terminations.endAll(organization.getId(), ids));
        } catch (DeletionLockedException locked) {
            go(response, "/portal/services?locked=" + QueryParameters.part(locked.service()));
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static void go(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }
}
