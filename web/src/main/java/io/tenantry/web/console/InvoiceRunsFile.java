package io.tenantry.web.console;

import io.tenantry.invoicing.InvoiceRunList;
import io.tenantry.invoicing.InvoiceRunsConsole;
import io.tenantry.listing.Wish;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** Invoicing runs as a file. */
@WebServlet({"/console/invoicing.csv", "/console/invoicing.xlsx"})
public class InvoiceRunsFile extends ListFile<InvoiceRunList.View> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient InvoiceRunsConsole runs;

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
    protected List<InvoiceRunList.View> rows(Wish wish) {
        return runs.rows(wish);
    }
}
