package io.tenantry.dunning;

import io.tenantry.cloud.provisioning.DeletionLockedException;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Terminates a service when its time after a suspension for debt is over. For a service that its customer has locked, a person decides. */
@ApplicationScoped
public class TerminateForNonPaymentHandler implements WorkHandler {
    /** Kind of its work items; there is one item per service and debt. */
    public static final String KIND = "dunning-terminate";

    @Inject
    DunningTransactions transactions;

    /** For the container. */
    public TerminateForNonPaymentHandler() {}

    /** For use outside a container. */
    TerminateForNonPaymentHandler(DunningTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        try {
            var unused = transactions.end(claimedWorkItem, claimedWorkItem.subject());
            return WorkOutcome.done();
        } catch (DeletionLockedException locked) {
            return WorkOutcome.unclear("the service is protected against being ended");
        }
    }
}
