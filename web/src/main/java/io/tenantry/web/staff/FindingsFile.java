package io.tenantry.web.staff;

import io.tenantry.listing.Wish;
import io.tenantry.reconciling.Findings;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** What differs at vendors, as a file. */
@WebServlet({"/staff/findings.csv", "/staff/findings.xlsx"})
public class FindingsFile extends ListFile<Findings.Finding> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Findings findings;

    @Inject
    transient FindingColumns columns;

    @Override
    protected String title() {
        return "nav.findings";
    }

    @Override
    protected List<String> filters() {
        return FindingColumns.FILTERS;
    }

    @Override
    protected List<Field<Findings.Finding>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(Findings.Finding row) {
        return row.id();
    }

    @Override
    protected List<Findings.Finding> rows(Wish wish) {
        return findings.rows(wish);
    }
}
