package io.tenantry.web.settlement;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.limits.HeavyWork;
import io.tenantry.limits.WorkLimits;
import io.tenantry.paper.DocumentFiles.Format;
import io.tenantry.paper.SettlementFiles;
import io.tenantry.web.invoice.InvoiceFile;
import io.tenantry.web.shell.Language;
import io.tenantry.web.shell.Visit;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The invoice of a settlement as a file: its PDF, or by {@code as} an e-invoice. Who may have it is decided by the use case. */
@WebServlet({
    "/staff/settlement.pdf",
    "/staff/settlement.xml",
    "/console/settlements/paper.pdf",
    "/console/settlements/paper.xml"
})
public class SettlementInvoiceFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient WorkLimits limits;

    @Inject
    transient SettlementFiles files;

    @Inject
    transient Language language;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var id = Visit.id("settlement", request.getParameter("id"));
            var format = request.getServletPath().endsWith(".pdf")
                    ? Format.PDF
                    : InvoiceFile.eInvoice(request.getParameter("as"));
            var locale = language.getLocale();
            InvoiceFile.send(limits.within(HeavyWork.DOCUMENT, () -> files.one(id, format, locale)), response);
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
