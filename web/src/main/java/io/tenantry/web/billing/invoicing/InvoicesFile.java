package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.DocumentList.InvoiceSummary;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import io.tenantry.web.portal.CurrentOrganization;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The export of an organization's documents. */
@WebServlet({"/portal/invoices.csv", "/portal/invoices.xlsx"})
public class InvoicesFile extends ListFile<InvoiceSummary> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentOrganization organization;

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
        return list.rows(organization.getId(), listQuery);
    }
}
