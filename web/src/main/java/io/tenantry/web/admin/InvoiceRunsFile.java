package io.tenantry.web.admin;

import io.tenantry.billing.invoicing.InvoiceRunAdministration;
import io.tenantry.billing.invoicing.InvoiceRunList;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** Invoicing runs as a file. */
@WebServlet({"/admin/invoicing.csv", "/admin/invoicing.xlsx"})
public class InvoiceRunsFile extends ListFile<InvoiceRunList.View> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient InvoiceRunAdministration runs;

    @Inject
    transient InvoiceRunColumns columns;

    @Override
    protected String title() {
        return "nav.invoicing";
    }

    @Override
    protected List<String> filters() {
        return InvoiceRunColumns.FILTERS;
    }

    @Override
    protected List<Field<InvoiceRunList.View>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(InvoiceRunList.View row) {
        return row.id();
    }

    @Override
    protected List<InvoiceRunList.View> rows(ListQuery listQuery) {
        return runs.rows(listQuery);
    }
}
