package io.tenantry.dunning;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Resumes the services that were suspended for a debt, as soon as the payment is certain. */
@ApplicationScoped
public class UnsuspendHandler implements WorkHandler {
    /** Kind of its work items; there is one item per ended debt. */
    public static final String KIND = "dunning-unsuspend";

    @Inject
    DunningTransactions transactions;

    /** For the container. */
    public UnsuspendHandler() {}

    /** For use outside a container. */
    UnsuspendHandler(DunningTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var unused = transactions.bringBack(claimedWorkItem, claimedWorkItem.subject());
        return WorkOutcome.done();
    }
}
