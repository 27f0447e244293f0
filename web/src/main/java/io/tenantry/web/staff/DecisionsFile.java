package io.tenantry.web.staff;

import io.tenantry.listing.Wish;
import io.tenantry.options.Waiting;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** What waits for a decision, as a file. */
@WebServlet({"/staff/decisions.csv", "/staff/decisions.xlsx"})
public class DecisionsFile extends ListFile<Waiting.Case> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Waiting waiting;

    @Inject
    transient DecisionColumns columns;

    @Override
    protected String title() {
        return "nav.decisions";
    }

    @Override
    protected List<String> filters() {
        return DecisionColumns.FILTERS;
    }

    @Override
    protected List<Field<Waiting.Case>> fields() {
        return columns.fields();
    }

    @Override
    protected List<Waiting.Case> rows(Wish wish) {
        return waiting.rows(wish);
    }
}
