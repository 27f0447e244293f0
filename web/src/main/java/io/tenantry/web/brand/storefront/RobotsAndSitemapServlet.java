package io.tenantry.web.brand.storefront;

import io.tenantry.brand.LegalTexts;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** robots.txt and the sitemap: the pages of the host that search engines may read, and those that exist. */
@WebServlet({"/robots.txt", "/sitemap.xml"})
public class RobotsAndSitemapServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final List<String> PAGES = List.of("/", "/plans", "/regions", "/faq", "/status", "/contact");
    private static final List<String> CLOSED = List.of("/portal", "/staff", "/admin", "/api", "/link", "/preferences");

    @Inject
    transient TenantDirectory directory;

    @Inject
    transient Settings settings;

    @Inject
    transient LegalTexts legal;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "max-age=3600");
        var isPlatform = Tenancy.current().filter(Scope.PLATFORM::equals).isPresent();
        if (request.getServletPath().equals("/robots.txt")) {
            response.setContentType("text/plain");
            response.getWriter().write(isPlatform ? "User-agent: *\nDisallow: /\n" : robots(origin()));
        } else if (isPlatform) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            response.setContentType("application/xml");
            response.getWriter().write(sitemap(origin(), legal.kinds()));
        }
    }

    private String origin() {
        return settings.origin(directory.current().primaryHost());
    }

    static String robots(String origin) {
        var text = new StringBuilder("User-agent: *\n");
        CLOSED.forEach(path -> text.append("Disallow: ").append(path).append('\n'));
        return text.append("Sitemap: ").append(origin).append("/sitemap.xml\n").toString();
    }

    static String sitemap(String origin, List<LegalTexts.Kind> texts) {
        var text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                """);
        var all = Stream.concat(
                PAGES.stream(),
                texts.stream().map(kind -> "/legal?text=" + kind.name().toLowerCase(Locale.ROOT)));
        all.forEach(
                path -> text.append("  <url><loc>").append(origin).append(path).append("</loc></url>\n"));
        return text.append("</urlset>\n").toString();
    }
}
