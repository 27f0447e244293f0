package io.tenantry.billing.invoicing;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Administration of invoicing runs by operators. */
@Stateless
public class InvoiceRunAdministration {
    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    InvoiceRuns runs;

    @Inject
    InvoiceRunList list;

    @Inject
    Event<InvoicingRequested> requested;

    /** Returns a page of the runs, see {@link InvoiceRunList#find}. */
    public ResultPage<InvoiceRunList.View> find(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.find(listQuery);
    }

    /** Returns a page of rows without their total, see {@link InvoiceRunList#rows}. */
    public List<InvoiceRunList.View> rows(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.rows(listQuery);
    }

    /** Issues everything due now, on an operator's request: failed and waiting runs are retried, too. */
    public void issueNow() {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        var again = runs.retryAll();
        audit.record("invoicing.requested", "platform", "invoicing", Map.of("again", again));
        requested.fire(new InvoicingRequested());
    }
}
