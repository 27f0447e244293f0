package io.tenantry.web.brand;

import io.tenantry.brand.Brands;
import io.tenantry.brand.Icon;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The icon for browser tabs and home screens, as a PNG in the requested sizes. */
@WebServlet({"/brand/icon-32.png", "/brand/icon-180.png", "/brand/icon-192.png", "/brand/icon-512.png", BrandIcon.OLD})
public class BrandIcon extends HttpServlet {
    /** The path requested by programs that do not read the page; it also serves a PNG. */
    static final String OLD = "/favicon.ico";

    private static final long serialVersionUID = 1L;
    private static final Map<String, Integer> SIZES = Map.of(
            "/brand/icon-32.png",
            32,
            "/brand/icon-180.png",
            180,
            "/brand/icon-192.png",
            192,
            "/brand/icon-512.png",
            512);

    @Inject
    transient BrandView brand;

    @Inject
    transient Brands brands;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int size = SIZES.getOrDefault(request.getServletPath(), 32);
        var own = brand.brand().brandImages().icon().flatMap(brands::picture).map(Brands.StoredImage::content);
        var png = own.isPresent() ? Icon.of(own.get(), size) : Icon.of(brand.brand(), size);
        response.setContentType("image/png");
        response.setContentLength(png.length);
        if (request.getServletPath().equals(OLD)) {
            CacheHeaders.forMinutes(response);
        } else {
            CacheHeaders.forAYear(response);
        }
        response.getOutputStream().write(png);
    }
}
