package io.tenantry.web.brand;

import io.tenantry.brand.Brands;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The brand's logo, a PNG that we drew ourselves. */
@WebServlet("/brand/logo")
public class BrandLogo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Brands brands;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var logo = brands.logo();
        if (logo.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("image/png");
        response.setContentLength(logo.get().length);
        Caching.forAYear(response);
        response.getOutputStream().write(logo.get());
    }
}
