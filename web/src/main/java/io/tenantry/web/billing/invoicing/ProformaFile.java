package io.tenantry.web.billing.invoicing;

import io.tenantry.documents.InvoiceFiles;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.YearMonth;
import java.util.Optional;

/** The download of a proforma as a PDF, generated on request. The use case checks the permission. */
@WebServlet({"/portal/proforma.pdf", "/staff/proforma.pdf"})
public class ProformaFile extends HttpServlet {
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
            var organization = PageResult.id("organization", request.getParameter("organization"));
            var month = Optional.ofNullable(request.getParameter("month")).map(ProformaFile::parsed);
            var locale = language.getLocale();
            var file = limits.within(HeavyWork.DOCUMENT, () -> files.proforma(organization, month, locale));
            InvoiceFile.send(file, response);
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static YearMonth parsed(String text) {
        return DateText.month(text).orElseThrow(() -> new NotFoundException("proforma", "of that month"));
    }
}
