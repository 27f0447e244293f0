package io.tenantry.web.billing.invoicing;

import io.tenantry.brand.Colour;
import io.tenantry.documents.DocumentPreviews;
import io.tenantry.documents.DocumentTemplate;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.people.identity.AccessDeniedException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The first page of a specimen as an image, of the draft in the request: nothing is stored, so any server of a cluster can respond. Rendering
 * takes some tenths of a second of processor time, so few are rendered at once; a request that waits too long is rejected for a later retry.
 */
@WebServlet("/staff/invoice-preview")
public class InvoicePreview extends HttpServlet {
    /** The header with the number of pages of the specimen. */
    static final String PAGES = "Preview-Pages";

    private static final long serialVersionUID = 1L;
    private static final int UNPROCESSABLE = 422;
    private static final int AT_ONCE = 2;
    private static final int WAIT_SECONDS = 10;
    private static final Semaphore DRAWING = new Semaphore(AT_ONCE, true);

    @Inject
    transient WorkLimits limits;

    @Inject
    transient DocumentPreviews documentPreviews;

    /**
     * Responds with a PNG; with 422 if a value is out of bounds, with 429 if the reseller has too many renderings in progress, and with 503 if
     * all together have.
     */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        var shown = DocumentTemplate.Language.named(text(request, "shown"));
        var draft = draft(request);
        if (shown.isEmpty() || draft.isEmpty()) {
            response.sendError(UNPROCESSABLE);
            return;
        }
        try (var permit = limits.take(HeavyWork.DOCUMENT)) {
            draw(draft.get(), shown.get(), permit, response);
        }
    }

    private void draw(
            DocumentTemplate draft,
            DocumentTemplate.Language shown,
            WorkLimits.Permit permit,
            HttpServletResponse response)
            throws IOException {
        if (!isAdmitted()) {
            response.setHeader("Retry-After", "2");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        try {
            var pageImage = documentPreviews.picture(draft, shown);
            response.setContentType("image/png");
            response.setContentLength(pageImage.png().length);
            response.setIntHeader(PAGES, pageImage.pages());
            response.getOutputStream().write(pageImage.png());
        } catch (AccessDeniedException denied) {
            permit.refused();
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } finally {
            DRAWING.release();
        }
    }

    private static boolean isAdmitted() {
        try {
            return DRAWING.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns the draft; empty if a value is out of bounds. */
    static Optional<DocumentTemplate> draft(HttpServletRequest request) {
        var texts = new EnumMap<DocumentTemplate.Language, Map<DocumentTemplate.Part, String>>(
                DocumentTemplate.Language.class);
        for (var language : DocumentTemplate.Language.values()) {
            var parts = new EnumMap<DocumentTemplate.Part, String>(DocumentTemplate.Part.class);
            for (var part : DocumentTemplate.Part.values()) {
                parts.put(part, text(request, part + "_" + language));
            }
            texts.put(language, parts);
        }
        try {
            var accent = Optional.of(text(request, "accent"))
                    .filter(any -> !text(request, "own").isEmpty())
                    .filter(Colour::isColour)
                    .map(Colour::of);
            var days = Integer.parseInt(text(request, "days").strip());
            return Optional.of(new DocumentTemplate(accent, Optional.empty(), texts, days))
                    .filter(DocumentTemplate::isFit);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static String text(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
