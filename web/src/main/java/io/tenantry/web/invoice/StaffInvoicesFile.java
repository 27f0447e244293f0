package io.tenantry.web.invoice;

import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.DocumentList.Head;
import io.tenantry.listing.Wish;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** All documents as a file. */
@WebServlet({"/staff/invoices.csv", "/staff/invoices.xlsx"})
public class StaffInvoicesFile extends ListFile<Head> {
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
    protected List<Field<Head>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(Head row) {
        return row.id();
    }

    @Override
    protected List<Head> rows(Wish wish) {
        return list.rows(wish);
    }
}
