package io.tenantry.web.billing.accounting;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.accounting.AccountingQuery;
import io.tenantry.billing.accounting.DatevExport;
import io.tenantry.billing.accounting.DatevExport.Outcome;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.web.list.DayFields;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** The ledger of a period as a file for DATEV. If no file can be produced, the page shows why. */
@WebServlet("/staff/datev.csv")
public class DatevDownload extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient WorkLimits limits;

    @Inject
    transient DatevExport datev;

    @Inject
    transient AccountingQuery accountingQuery;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!datev.isOffered()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (DayFields.areFaulty(request)) {
            response.sendRedirect("/staff/datev?" + request.getQueryString());
            return;
        }
        var days = accountingQuery.days(ListQuery.of(1)
                .with(AccountingPeriod.FROM, parameter(request, AccountingPeriod.FROM))
                .with(AccountingPeriod.TO, parameter(request, AccountingPeriod.TO)));
        try {
            if (limits.within(HeavyWork.EXPORT, () -> datev.export(days)) instanceof Outcome.Ready ready) {
                send(ready, response);
            } else {
                response.sendRedirect("/staff/datev?from=" + days.from() + "&to=" + days.to());
            }
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static void send(Outcome.Ready ready, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv; charset=windows-1252");
        response.setContentLength(ready.file().length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + ready.name() + "\"");
        response.getOutputStream().write(ready.file());
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
