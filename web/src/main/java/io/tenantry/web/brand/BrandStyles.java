package io.tenantry.web.brand;

import io.tenantry.brand.Brand;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;

/** The brand's stylesheet: the few values from which tokens.css derives everything else. */
@WebServlet("/brand.css")
public class BrandStyles extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient BrandView brand;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        CacheHeaders.forAYear(response);
        response.getWriter().write(css(brand.brand()));
    }

    static String css(Brand brand) {
        return BrandVariables.of(brand).entrySet().stream()
                .map(it -> "  " + it.getKey() + ": " + it.getValue() + ";\n")
                .collect(Collectors.joining("", ":root {\n", "}\n"));
    }
}
