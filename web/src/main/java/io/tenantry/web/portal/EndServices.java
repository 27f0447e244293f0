package io.tenantry.web.portal;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.provisioning.ServiceLocked;
import io.tenantry.provisioning.Services;
import io.tenantry.web.shell.Addresses;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Ends the services that were chosen in the list, if their number was typed to confirm it. A plain form, so that it needs
 * neither a view on the server nor our script.
 */
@WebServlet("/portal/services/end")
public class EndServices extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentOrganization organization;

    @Inject
    transient Services services;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var given = Objects.requireNonNullElse(request.getParameterValues("id"), new String[0]);
        var ids = Arrays.stream(given)
                .flatMap(id -> Addresses.id(id).stream())
                .distinct()
                .toList();
        if (ids.isEmpty()
                || ids.size() > Services.TOGETHER_MAX
                || !Integer.toString(ids.size()).equals(request.getParameter("confirmed"))) {
            go(response, "/portal/services");
            return;
        }
        try {
            go(response, "/portal/services?ended=" + services.endAll(organization.getId(), ids));
        } catch (ServiceLocked locked) {
            go(response, "/portal/services?locked=" + Addresses.part(locked.service()));
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static void go(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }
}
