package io.tenantry.web.billing.invoicing;

import io.tenantry.documents.InvoiceFiles;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The download of a document: its PDF, or by {@code as} an e-invoice. The use case checks the permission. */
@WebServlet({"/portal/invoice.pdf", "/portal/invoice.xml", "/staff/invoice.pdf", "/staff/invoice.xml"})
public class InvoiceFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient WorkLimits limits;

    @Inject
    transient InvoiceFiles files;

    @Inject
    transient Language language;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var id = PageResult.id("document", request.getParameter("id"));
            var format = request.getServletPath().endsWith(".pdf") ? Format.PDF : eInvoice(request.getParameter("as"));
            var locale = language.getLocale();
            send(limits.within(HeavyWork.DOCUMENT, () -> files.one(id, format, locale)), response);
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** Returns the e-invoice format of a name. */
    public static Format eInvoice(@Nullable String name) {
        return Stream.of(Format.values())
                .filter(format -> format != Format.PDF && format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("file", String.valueOf(name)));
    }

    /** Sends a file that must not be cached on the way. */
    public static void send(InvoiceFiles.DocumentFile file, HttpServletResponse response) throws IOException {
        response.setContentType(file.mediaType());
        response.setContentLength(file.content().length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
        response.getOutputStream().write(file.content());
    }
}
