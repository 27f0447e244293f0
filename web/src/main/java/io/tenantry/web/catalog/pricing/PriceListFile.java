package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceListCsv;
import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.PageResult;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A version of a price list as a CSV file that can be read in again. Who may have it is decided by the use case. */
@WebServlet("/admin/price-lists/version.csv")
public class PriceListFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient WorkLimits limits;

    @Inject
    transient PriceListQuery query;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var version = query.version(PageResult.id("version of a price list", request.getParameter("id")));
            var list = query.one(version.listId());
            var csv = limits.within(HeavyWork.EXPORT, () -> PriceListCsv.write(query.items(version.id())));
            response.setContentType("text/csv;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader(
                    "Content-Disposition",
                    "attachment; filename=\"price-list-" + list.currency() + "-" + version.number() + ".csv\"");
            response.getOutputStream().write(csv.getBytes(StandardCharsets.UTF_8));
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
