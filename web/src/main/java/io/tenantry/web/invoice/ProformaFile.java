package io.tenantry.web.invoice;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.limits.HeavyWork;
import io.tenantry.limits.WorkLimits;
import io.tenantry.paper.DocumentFiles;
import io.tenantry.text.DateText;
import io.tenantry.web.shell.Language;
import io.tenantry.web.shell.Visit;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.YearMonth;
import java.util.Optional;

/** A proforma as a PDF, made while it is asked for. Who may have it is decided by the use case. */
@WebServlet({"/portal/proforma.pdf", "/staff/proforma.pdf"})
public class ProformaFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient WorkLimits limits;

    @Inject
    transient DocumentFiles files;

    @Inject
    transient Language language;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var organization = Visit.id("organization", request.getParameter("organization"));
            var month = Optional.ofNullable(request.getParameter("month")).map(ProformaFile::parsed);
            var locale = language.getLocale();
            var file = limits.within(HeavyWork.DOCUMENT, () -> files.proforma(organization, month, locale));
            InvoiceFile.send(file, response);
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static YearMonth parsed(String text) {
        return DateText.month(text).orElseThrow(() -> new NotVisible("proforma", "of that month"));
    }
}
