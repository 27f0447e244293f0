package io.tenantry.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A filter that rejects requests that other sites send in a person's name, see {@link CrossSiteCheck}. The API accepts no cookies, so it is
 * exempt.
 */
@WebFilter(filterName = "CrossSiteFilter", urlPatterns = "/*", asyncSupported = true)
public class CrossSiteFilter extends HttpFilter {
    private static final Logger LOG = System.getLogger(CrossSiteFilter.class.getName());

    /** The attribute with the reason for a rejection, for the error page. */
    private static final String REFUSED = "refused";

    /**
     * The Faces servlet in web.xml: its pages accept nothing without a view state. Requests to all other servlets must have a known source.
     */
    private static final String FACES = "faces";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = RequestAttributes.path(request);
        boolean isOfPages = Area.of(path) != Area.API;
        if (isOfPages
                && CrossSiteCheck.isPostbackByAddress(
                        request.getMethod(), request.getParameterMap().keySet())) {
            LOG.log(Level.WARNING, "refused form fields in the query string: method={0}", request.getMethod());
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        boolean isForeign = isOfPages
                && CrossSiteCheck.isForeign(
                        request.getMethod(),
                        request.getHeader("Sec-Fetch-Site"),
                        request.getHeader("Origin"),
                        request.getHeader("Host"),
                        FACES.equals(request.getHttpServletMapping().getServletName()));
        if (isForeign) {
            LOG.log(Level.WARNING, "refused a request from another site: method={0}", request.getMethod());
            request.setAttribute(REFUSED, "foreign");
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(request, response);
    }
}
