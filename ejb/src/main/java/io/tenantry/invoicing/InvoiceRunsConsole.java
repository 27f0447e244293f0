package io.tenantry.invoicing;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Found;
import io.tenantry.listing.Wish;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** What operators see and do of the issuing of documents. */
@Stateless
public class InvoiceRunsConsole {
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
    public Found<InvoiceRunList.View> find(Wish wish) {
        access.require(Permission.PLATFORM_RUNS_VIEW);
        return list.find(wish);
    }

    /** The rows alone, as {@link InvoiceRunList#rows}. */
    public List<InvoiceRunList.View> rows(Wish wish) {
        access.require(Permission.PLATFORM_RUNS_VIEW);
        return list.rows(wish);
    }

    /** Issues now whatever is due, by hand: what failed and what waits is tried again too. */
    public void issueNow() {
        access.require(Permission.PLATFORM_RUNS_MANAGE);
        var again = runs.retryAll();
        audit.record("invoicing.requested", "platform", "invoicing", Map.of("again", again));
        requested.fire(new InvoicingRequested());
    }
}
