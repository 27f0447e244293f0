package io.tenantry.web.staff;

import io.tenantry.cloud.addon.ReviewQueue;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** What waits for a decision, as a file. */
@WebServlet({"/staff/reviews.csv", "/staff/reviews.xlsx"})
public class ReviewsFile extends ListFile<ReviewQueue.ReviewCase> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ReviewQueue reviewQueue;

    @Inject
    transient ReviewColumns columns;

    @Override
    protected String title() {
        return "nav.reviews";
    }

    @Override
    protected List<String> filters() {
        return ReviewColumns.FILTERS;
    }

    @Override
    protected List<Field<ReviewQueue.ReviewCase>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(ReviewQueue.ReviewCase row) {
        return row.item().id();
    }

    @Override
    protected List<ReviewQueue.ReviewCase> rows(ListQuery listQuery) {
        return reviewQueue.rows(listQuery);
    }
}
