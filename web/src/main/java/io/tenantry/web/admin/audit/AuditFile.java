package io.tenantry.web.admin.audit;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.AuditReview;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The audit trail as a file, for staff and for operators. */
@WebServlet({"/staff/audit.csv", "/staff/audit.xlsx", "/admin/audit.csv", "/admin/audit.xlsx"})
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
    protected List<AuditTrail.Entry> rows(ListQuery listQuery) {
        return review.rows(listQuery);
    }

    /** By key where the newest come first, because records are added continuously. */
    @Override
    protected ListQuery following(ListQuery listQuery, int done, AuditTrail.Entry last) {
        return listQuery.sort().isEmpty() || listQuery.descending()
                ? listQuery.with(AuditTrail.BEFORE, Long.toString(last.seq()))
                : super.following(listQuery, done, last);
    }
}
