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

/** What operators see and do of the issuing of documents. */
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

    /** A part of the runs, as {@link InvoiceRunList#find}. */
    public ResultPage<InvoiceRunList.View> find(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.find(listQuery);
    }

    /** The rows alone, as {@link InvoiceRunList#rows}. */
    public List<InvoiceRunList.View> rows(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.rows(listQuery);
    }

    /** Issues now whatever is due, by hand: what failed and what waits is tried again too. */
    public void issueNow() {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        var again = runs.retryAll();
        audit.record("invoicing.requested", "platform", "invoicing", Map.of("again", again));
        requested.fire(new InvoicingRequested());
    }
}
