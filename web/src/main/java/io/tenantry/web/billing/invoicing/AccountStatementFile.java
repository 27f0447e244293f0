package io.tenantry.web.billing.invoicing;

import io.tenantry.documents.StatementFiles;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.DateRange;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;

/** A statement of account as a PDF. Who may have it is decided by the use case. */
@WebServlet({"/portal/account-statement.pdf", "/staff/account-statement.pdf"})
public class AccountStatementFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient WorkLimits limits;

    @Inject
    transient StatementFiles files;

    @Inject
    transient Language language;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var organization = PageResult.id("organization", request.getParameter("organization"));
            var first = day(request, "from");
            var last = day(request, "to");
            if (last.isBefore(first)) {
                throw new NotFoundException("file", organization);
            }
            var locale = language.getLocale();
            var file = limits.within(HeavyWork.DOCUMENT, () -> files.pdf(organization, first, last, locale));
            InvoiceFile.send(file, response);
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static LocalDate day(HttpServletRequest request, String name) {
        return DateRange.day(request.getParameter(name)).orElseThrow(() -> new NotFoundException("day", name));
    }
}
