package io.tenantry.web.invoice;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.tax.TaxOffice;
import io.tenantry.web.shell.Visit;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A document by which a customer is freed of tax, as it was read in. It is sent to be kept and never shown in the page: somebody else made it. */
@WebServlet("/staff/tax-document")
public class TaxDocument extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient TaxOffice office;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var file = office.document(Visit.id("document", request.getParameter("id")));
            var content = file.content();
            response.setContentType(file.mediaType());
            response.setContentLength(content.length);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader(
                    "Content-Disposition",
                    "attachment; filename*=UTF-8''"
                            + URLEncoder.encode(file.name(), StandardCharsets.UTF_8)
                                    .replace("+", "%20"));
            response.getOutputStream().write(content);
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
