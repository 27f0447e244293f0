package io.tenantry.web.staff;

import io.tenantry.cloud.provider.catalog.ProviderRegions;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A servlet that assigns the provider regions selected in the list to the selected region: one of the reseller's, a new one for each, or none.
 * A plain form, so that it needs neither a view on the server nor our script.
 */
@WebServlet("/staff/provider-regions/assign")
public class AssignRegionsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String OWN = "=own";
    private static final String NONE = "=none";

    @Inject
    transient ProviderRegions places;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var ids = Arrays.stream(Objects.requireNonNullElse(request.getParameterValues("id"), new String[0]))
                .flatMap(id -> QueryParameters.id(id).stream())
                .distinct()
                .toList();
        var region = Objects.requireNonNullElse(request.getParameter("region"), NONE);
        try {
            var changed = region.equals(OWN)
                    ? places.adopt(ids)
                    : places.assign(ids, Optional.of(region).filter(code -> !code.equals(NONE)));
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", "/staff/provider-regions?changed=" + changed);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
