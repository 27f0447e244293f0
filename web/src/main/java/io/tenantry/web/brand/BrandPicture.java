package io.tenantry.web.brand;

import io.tenantry.brand.BrandEditor;
import io.tenantry.brand.Brands;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An image of the brand by id: the content of an id never changes. An image that no version has used yet is served only to editors of the
 * brand. A vector image opened directly is not allowed to execute anything.
 */
@WebServlet("/brand/picture")
public class BrandPicture extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Brands brands;

    @Inject
    transient BrandEditor editor;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var picture = QueryParameters.id(request.getParameter("id"))
                .flatMap(brands::picture)
                .filter(known -> known.isPublished() || editor.maySeeDrafts());
        if (picture.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var content = picture.get().content();
        var type = picture.get().mediaType();
        response.setContentType(type);
        if (type.endsWith("+xml")) {
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        }
        response.setContentLength(content.length);
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; base-uri 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
        // Emails show it within pages of other sites.
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        response.setHeader("Content-Disposition", "inline; filename=\"picture\"");
        CacheHeaders.forAYear(response);
        response.getOutputStream().write(content);
    }
}
