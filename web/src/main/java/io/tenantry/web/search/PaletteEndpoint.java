package io.tenantry.web.search;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The palette's results for a text, as JSON. It is located below each surface, so that it is accessible only to people of that surface; the use
 * case decides what they find.
 */
@WebServlet({"/portal/palette", "/staff/palette", "/admin/palette"})
public class PaletteEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The maximum number of entries per group. */
    private static final int LIMIT = 6;

    @Inject
    transient Palette palette;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var text = Objects.requireNonNullElse(request.getParameter("q"), "");
        var groups = Json.createArrayBuilder();
        for (var paletteGroup : palette.groups(text, LIMIT)) {
            var entries = Json.createArrayBuilder();
            paletteGroup.entries().forEach(paletteEntry -> entries.add(json(paletteEntry)));
            groups.add(Json.createObjectBuilder()
                    .add("label", paletteGroup.label())
                    .add("entries", entries));
        }
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write(Json.createObjectBuilder().add("groups", groups).build().toString());
    }

    private static JsonObjectBuilder json(PaletteEntry paletteEntry) {
        return Json.createObjectBuilder()
                .add("title", paletteEntry.title())
                .add("detail", paletteEntry.detail())
                .add("icon", paletteEntry.icon())
                .add("href", paletteEntry.href())
                .add("act", paletteEntry.act());
    }
}
