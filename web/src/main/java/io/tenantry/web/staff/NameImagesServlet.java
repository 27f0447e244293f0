package io.tenantry.web.staff;

import io.tenantry.cloud.provider.catalog.ProviderImages;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.UUID;

/** Offers the systems that were chosen in the list under the names that stand beside them, or offers them no more. A plain form. */
@WebServlet("/staff/provider-images/name")
public class NameImagesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ProviderImages images;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var isOffered = !"withdraw".equals(request.getParameter("what"));
        var names = new LinkedHashMap<UUID, String>();
        Arrays.stream(Objects.requireNonNullElse(request.getParameterValues("id"), new String[0]))
                .flatMap(id -> QueryParameters.id(id).stream())
                .forEach(id -> names.put(
                        id, isOffered ? Objects.requireNonNullElse(request.getParameter("name-" + id), "") : ""));
        try {
            var changed = images.name(names);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", "/staff/provider-images?changed=" + changed);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
