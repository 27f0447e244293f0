package io.tenantry.web.audit;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.AuditReview;
import io.tenantry.listing.Wish;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The audit trail as a file, for staff and for operators. */
@WebServlet({"/staff/audit.csv", "/staff/audit.xlsx", "/console/audit.csv", "/console/audit.xlsx"})
public class AuditFile extends ListFile<AuditTrail.Entry> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient AuditReview review;

    @Inject
    transient AuditColumns columns;

    @Override
    protected String title() {
        return "nav.audit";
    }

    @Override
    protected List<String> filters() {
        return AuditColumns.FILTERS;
    }

    @Override
    protected List<Field<AuditTrail.Entry>> fields() {
        return columns.fields();
    }

    @Override
    protected List<AuditTrail.Entry> rows(Wish wish) {
        return review.rows(wish);
    }

    /** By key where the newest come first, as more is recorded all the time. */
    @Override
    protected Wish following(Wish wish, int done, AuditTrail.Entry last) {
        return wish.sort().isEmpty() || wish.descending()
                ? wish.with(AuditTrail.BEFORE, Long.toString(last.seq()))
                : super.following(wish, done, last);
    }
}
