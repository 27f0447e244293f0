package io.tenantry.web.staff;

import io.tenantry.listing.Wish;
import io.tenantry.wallet.Revenue;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** Revenue by customer as a file. */
@WebServlet({"/staff/revenue.csv", "/staff/revenue.xlsx"})
public class RevenueFile extends ListFile<Revenue.Share> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Revenue revenue;

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
    protected List<Field<Revenue.Share>> fields() {
        return columns.fields();
    }

    @Override
    protected List<Revenue.Share> rows(Wish wish) {
        return revenue.rows(wish);
    }
}
