package io.tenantry.web.staff;

import io.tenantry.billing.wallet.RevenueQuery;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The export of revenue by customer. */
@WebServlet({"/staff/revenue.csv", "/staff/revenue.xlsx"})
public class RevenueFile extends ListFile<RevenueQuery.CustomerRevenue> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient RevenueQuery revenueQuery;

    @Inject
    transient RevenueColumns columns;

    @Override
    protected String title() {
        return "revenue.title";
    }

    @Override
    protected List<String> filters() {
        return RevenueColumns.FILTERS;
    }

    @Override
    protected List<Field<RevenueQuery.CustomerRevenue>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(RevenueQuery.CustomerRevenue row) {
        return List.of(row.organizationId(), row.amount().currency());
    }

    @Override
    protected List<RevenueQuery.CustomerRevenue> rows(ListQuery listQuery) {
        return revenueQuery.rows(listQuery);
    }
}
