package io.tenantry.web.brand;

import io.tenantry.brand.Brand;
import io.tenantry.brand.BrandDraft;
import io.tenantry.brand.BrandEditor;
import io.tenantry.brand.BrandImages;
import io.tenantry.brand.Contact;
import io.tenantry.brand.Density;
import io.tenantry.brand.Font;
import io.tenantry.brand.SignInBackground;
import io.tenantry.web.admin.ContrastAdvice;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The preview of a draft while it is being edited: the values of its stylesheet, and the colors that are replaced because text would not be
 * readable. Stores nothing.
 */
@WebServlet("/staff/brand-preview")
public class BrandPreview extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient BrandEditor editor;

    @Inject
    transient Format format;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!editor.maySeeDrafts()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        var draft = draft(request);
        if (draft.isEmpty()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(json(draft.get().brand()).toString());
    }

    private JsonObject json(Brand brand) {
        var variables = Json.createObjectBuilder();
        BrandVariables.of(brand).forEach(variables::add);
        var repairs = Json.createArrayBuilder();
        for (var colourReplacement : ContrastAdvice.of(brand.style()).repairs()) {
            repairs.add(Json.createObjectBuilder()
                    .add("chosen", colourReplacement.chosen().hex())
                    .add("used", colourReplacement.used().hex())
                    .add(
                            "text",
                            format.text(
                                    "draft.contrast." + colourReplacement.place(),
                                    colourReplacement.ratio(),
                                    colourReplacement.used().hex(),
                                    colourReplacement.ratioUsed())));
        }
        return Json.createObjectBuilder()
                .add("variables", variables)
                .add("repairs", repairs)
                .build();
    }

    private static Optional<BrandDraft> draft(HttpServletRequest request) {
        try {
            var draft = new BrandDraft(
                    "Preview",
                    text(request, "primary"),
                    text(request, "secondary"),
                    text(request, "accent"),
                    text(request, "neutral"),
                    Font.valueOf(text(request, "font")),
                    Integer.parseInt(text(request, "radius")),
                    Density.valueOf(text(request, "density")),
                    SignInBackground.valueOf(text(request, "backdrop")),
                    Contact.NONE,
                    List.of(),
                    new BrandImages(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            QueryParameters.id(request.getParameter("picture"))),
                    1);
            return Optional.of(draft).filter(BrandDraft::isShowable);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static String text(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
