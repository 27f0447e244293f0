package io.tenantry.web.staff;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.PlanList;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The export of plans and their prices. */
@WebServlet({"/staff/plans.csv", "/staff/plans.xlsx"})
public class PlansFile extends ListFile<Catalog.PlanView> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient PlanList plans;

    @Inject
    transient PlanColumns columns;

    @Override
    protected String title() {
        return "nav.plans";
    }

    @Override
    protected List<String> filters() {
        return PlanColumns.FILTERS;
    }

    @Override
    protected List<Field<Catalog.PlanView>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(Catalog.PlanView row) {
        return row.id();
    }

    @Override
    protected List<Catalog.PlanView> rows(ListQuery listQuery) {
        return plans.rows(listQuery);
    }
}
