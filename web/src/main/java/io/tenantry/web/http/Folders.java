package io.tenantry.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter that responds with 404 to the path of a folder that contains pages or resources. The container would respond with 403 because it
 * does not list folders, and the visitor would see a message about a missing role. A folder with a page is redirected to its path with a slash,
 * without naming a host.
 */
public class Folders extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var folder = FolderRequests.current();
        if (isFolder(request.getServletPath().replaceAll("/+$", ""))) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (folder.isPresent()) {
            @Nullable String query = request.getQueryString();
            response.setStatus(
                    READS.contains(request.getMethod())
                            ? HttpServletResponse.SC_FOUND
                            : HttpServletResponse.SC_TEMPORARY_REDIRECT);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Location", folder.get() + (query == null ? "" : "?" + query));
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
