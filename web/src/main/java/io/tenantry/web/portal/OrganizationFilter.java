package io.tenantry.web.portal;

import io.tenantry.people.notification.PortalLink;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A filter for links to one of a member's organizations ({@link PortalLink}), as in notifications and emails: it switches to the organization
 * and redirects to the same address without the parameter. It responds with 404 to an organization that the member does not act for.
 */
@WebFilter(filterName = "OrganizationFilter", urlPatterns = "/portal/*", asyncSupported = true)
public class OrganizationFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String PARAMETER = PortalLink.ORGANIZATION + "=";

    @Inject
    transient CurrentPerson me;

    @Inject
    transient CurrentOrganization organization;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var query = Objects.requireNonNullElse(request.getQueryString(), "");
        if (!request.getMethod().equals("GET") || !isMeant(query) || !me.isMember()) {
            chain.doFilter(request, response);
            return;
        }
        var wanted = QueryParameters.id(request.getParameter(PortalLink.ORGANIZATION));
        var place = organization.getPlaces().stream()
                .filter(one -> wanted.filter(one.organizationId()::equals).isPresent())
                .findFirst();
        if (place.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        organization.show(place.get().organizationId());
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getRequestURI() + without(query));
    }

    private static boolean isMeant(String query) {
        return parameters(query).anyMatch(one -> one.startsWith(PARAMETER));
    }

    /** Returns the query without the organization, with the other parameters unchanged. */
    static String without(String query) {
        var others = parameters(query).filter(one -> !one.startsWith(PARAMETER)).collect(Collectors.joining("&"));
        return others.isEmpty() ? "" : "?" + others;
    }

    private static Stream<String> parameters(String query) {
        return Stream.of(query.split("&")).filter(one -> !one.isEmpty());
    }
}
