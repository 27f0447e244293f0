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

/** Refuses what other sites send in a person's name, see {@link CrossSiteCheck}. The API takes no cookies, so it is left out. */
@WebFilter(filterName = "CrossSiteFilter", urlPatterns = "/*", asyncSupported = true)
public class CrossSiteFilter extends HttpFilter {
    private static final Logger LOG = System.getLogger(CrossSiteFilter.class.getName());

    /** On a request that was refused: why, for the page that says so. */
    private static final String REFUSED = "refused";

    /** Faces in web.xml: its pages take nothing without a view state. All other servlets must know where a request comes from. */
    private static final String FACES = "faces";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = RequestAttributes.path(request);
        boolean isOfPages = Area.of(path) != Area.API;
        if (isOfPages
                && CrossSiteCheck.isPostbackByAddress(
                        request.getMethod(), request.getParameterMap().keySet())) {
            LOG.log(Level.WARNING, "refused a form in an address: method={0}", request.getMethod());
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
