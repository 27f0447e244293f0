package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.tax.TaxSettings;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.PageResult;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The uploaded certificate of a customer's tax exemption. It is stored and never shown in a page, because its content is not trusted. */
@WebServlet("/staff/exemption-certificate")
public class ExemptionCertificateFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient TaxSettings settings;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var file = settings.document(PageResult.id("document", request.getParameter("id")));
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
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
