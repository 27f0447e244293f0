package io.tenantry.web.settlement;

import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.documents.SettlementFiles;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.billing.invoicing.InvoiceFile;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The download of a settlement's invoice: its PDF, or by {@code as} an e-invoice. The use case checks the permission. */
@WebServlet({
    "/staff/settlement.pdf",
    "/staff/settlement.xml",
    "/admin/settlements/document.pdf",
    "/admin/settlements/document.xml"
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
            var id = PageResult.id("settlement", request.getParameter("id"));
            var format = request.getServletPath().endsWith(".pdf")
                    ? Format.PDF
                    : InvoiceFile.eInvoice(request.getParameter("as"));
            var locale = language.getLocale();
            InvoiceFile.send(limits.within(HeavyWork.DOCUMENT, () -> files.one(id, format, locale)), response);
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
