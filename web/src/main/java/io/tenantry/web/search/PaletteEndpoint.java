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
 * What the palette shows for a text, as JSON. It stands below each surface, so that only those come here who are at home
 * there; what they find is decided by the use case.
 */
@WebServlet({"/portal/palette", "/staff/palette", "/console/palette"})
public class PaletteEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Of each group. */
    private static final int LIMIT = 6;

    @Inject
    transient Palette palette;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var text = Objects.requireNonNullElse(request.getParameter("q"), "");
        var groups = Json.createArrayBuilder();
        for (var group : palette.groups(text, LIMIT)) {
            var entries = Json.createArrayBuilder();
            group.entries().forEach(entry -> entries.add(json(entry)));
            groups.add(Json.createObjectBuilder().add("label", group.label()).add("entries", entries));
        }
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write(Json.createObjectBuilder().add("groups", groups).build().toString());
    }

    private static JsonObjectBuilder json(Entry entry) {
        return Json.createObjectBuilder()
                .add("title", entry.title())
                .add("detail", entry.detail())
                .add("icon", entry.icon())
                .add("href", entry.href())
                .add("act", entry.act());
    }
}
