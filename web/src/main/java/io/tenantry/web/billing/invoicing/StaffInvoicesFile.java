package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.DocumentList.InvoiceSummary;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The export of all documents. */
@WebServlet({"/staff/invoices.csv", "/staff/invoices.xlsx"})
public class StaffInvoicesFile extends ListFile<InvoiceSummary> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient DocumentList list;

    @Inject
    transient InvoiceColumns columns;

    @Override
    protected String title() {
        return "nav.invoices";
    }

    @Override
    protected List<String> filters() {
        return InvoiceColumns.FILTERS;
    }

    @Override
    protected List<Field<InvoiceSummary>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(InvoiceSummary row) {
        return row.id();
    }

    @Override
    protected List<InvoiceSummary> rows(ListQuery listQuery) {
        return list.rows(listQuery);
    }
}
