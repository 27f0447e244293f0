package io.tenantry.web.brand;

import io.tenantry.brand.Palette;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** The small picture on a browser's tab: the first letter of the brand in its colours. */
@WebServlet("/brand/icon")
public class BrandIcon extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient BrandView brand;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var palette = Palette.of(brand.brand());
        response.setContentType("image/svg+xml;charset=UTF-8");
        Caching.forAYear(response);
        response.getWriter()
                .write(String.format(
                        Locale.ROOT, """
                        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><linearGradient id="g" x2="1" y2="1">\
                        <stop stop-color="%s"/><stop offset="1" stop-color="%s"/></linearGradient>\
                        <rect width="64" height="64" rx="16" fill="url(#g)"/><text x="32" y="45" text-anchor="middle" \
                        font-family="system-ui,sans-serif" font-weight="700" font-size="36" fill="#fff">%s</text></svg>
                        """, palette.loudFrom(), palette.loudTo(), escaped(brand.getInitial())));
    }

    private static String escaped(String letter) {
        return switch (letter) {
            case "<" -> "&lt;";
            case "&" -> "&amp;";
            default -> letter;
        };
    }
}
