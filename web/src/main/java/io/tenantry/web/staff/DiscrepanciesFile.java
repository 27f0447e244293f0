package io.tenantry.web.staff;

import io.tenantry.cloud.reconciliation.Discrepancies;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The discrepancies at providers, as a file. */
@WebServlet({"/staff/discrepancies.csv", "/staff/discrepancies.xlsx"})
public class DiscrepanciesFile extends ListFile<Discrepancies.Discrepancy> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Discrepancies discrepancies;

    @Inject
    transient DiscrepancyColumns columns;

    @Override
    protected String title() {
        return "nav.discrepancies";
    }

    @Override
    protected List<String> filters() {
        return DiscrepancyColumns.FILTERS;
    }

    @Override
    protected List<Field<Discrepancies.Discrepancy>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(Discrepancies.Discrepancy row) {
        return row.id();
    }

    @Override
    protected List<Discrepancies.Discrepancy> rows(ListQuery listQuery) {
        return discrepancies.rows(listQuery);
    }
}
