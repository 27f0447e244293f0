package io.tenantry.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;

/**
 * A filter that responds with 404 to the path of a folder that contains pages or resources. The container would respond with 403 because it
 * does not list folders, and the visitor would see a message about a missing role.
 */
public class Folders extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isFolder(request.getServletPath().replaceAll("/+$", ""))) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isFolder(String path) throws MalformedURLException {
        return !path.isEmpty()
                && getServletContext().getResourcePaths(path + "/") != null
                && getServletContext().getResource(path + "/index.xhtml") == null
                && getServletContext().getResource(path + ".xhtml") == null;
    }
}
