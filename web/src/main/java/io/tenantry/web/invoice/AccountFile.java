package io.tenantry.web.invoice;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.limits.HeavyWork;
import io.tenantry.limits.WorkLimits;
import io.tenantry.paper.AccountFiles;
import io.tenantry.web.portal.Days;
import io.tenantry.web.shell.Language;
import io.tenantry.web.shell.Visit;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;

/** A statement of account as a PDF. Who may have it is decided by the use case. */
@WebServlet({"/portal/account.pdf", "/staff/account.pdf"})
public class AccountFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient WorkLimits limits;

    @Inject
    transient AccountFiles files;

    @Inject
    transient Language language;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var organization = Visit.id("organization", request.getParameter("organization"));
            var first = day(request, "from");
            var last = day(request, "to");
            if (last.isBefore(first)) {
                throw new NotVisible("file", organization);
            }
            var locale = language.getLocale();
            var file = limits.within(HeavyWork.DOCUMENT, () -> files.pdf(organization, first, last, locale));
            InvoiceFile.send(file, response);
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static LocalDate day(HttpServletRequest request, String name) {
        return Days.day(request.getParameter(name)).orElseThrow(() -> new NotVisible("day", name));
    }
}
