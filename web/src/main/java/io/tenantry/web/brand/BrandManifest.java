package io.tenantry.web.brand;

import io.tenantry.brand.Palette;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The Web Application Manifest, with which phones add the brand to the home screen. */
@WebServlet("/site.webmanifest")
public class BrandManifest extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient BrandView brand;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/manifest+json;charset=UTF-8");
        CacheHeaders.forAYear(response);
        var palette = Palette.of(brand.brand());
        var manifest = Json.createObjectBuilder()
                .add("name", brand.getName())
                .add("short_name", brand.getName())
                .add("start_url", "/")
                .add("scope", "/")
                .add("display", "standalone")
                .add("background_color", palette.light().ground().hex())
                .add("theme_color", palette.fill().hex())
                .add("icons", Json.createArrayBuilder().add(icon(192)).add(icon(512)))
                .build();
        response.getWriter().write(manifest.toString());
    }

    private JsonObject icon(int size) {
        return Json.createObjectBuilder()
                .add("src", "/brand/icon-" + size + ".png?v=" + brand.getVersion())
                .add("sizes", size + "x" + size)
                .add("type", "image/png")
                .build();
    }
}
