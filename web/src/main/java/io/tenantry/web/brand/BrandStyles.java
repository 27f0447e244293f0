package io.tenantry.web.brand;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Palette;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** The brand's stylesheet: the few values from which tokens.css derives everything else. */
@WebServlet("/brand.css")
public class BrandStyles extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient BrandView brand;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        Caching.forAYear(response);
        response.getWriter().write(css(brand.brand()));
    }

    static String css(Brand brand) {
        var palette = Palette.of(brand);
        return String.format(
                Locale.ROOT,
                """
                :root {
                  --brand: %s;
                  --brand-2: %s;
                  --accent: %s;
                  --radius: %spx;
                  --on-brand: %s;
                  --brand-text: light-dark(%s, %s);
                  --loud-from: %s;
                  --loud-to: %s;
                }
                """,
                palette.fill(),
                brand.secondary(),
                brand.accent(),
                String.valueOf(brand.radius()),
                palette.onFill(),
                palette.textLight(),
                palette.textDark(),
                palette.loudFrom(),
                palette.loudTo());
    }
}
