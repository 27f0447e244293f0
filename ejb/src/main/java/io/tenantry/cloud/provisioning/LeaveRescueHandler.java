package io.tenantry.cloud.provisioning;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Starts a server that is in its provider's rescue system from its own disk, by {@link RescueTransition}. */
@ApplicationScoped
public class LeaveRescueHandler implements WorkHandler {
    /** The kind of its work items; the key is the operation. */
    public static final String KIND = "leave-rescue";

    @Inject
    OperationTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** Provides all keys that may access a server. */
    @Inject
    ProvisionHandler provisionHandler;

    /** For the container. */
    public LeaveRescueHandler() {}

    /** For use outside a container. */
    LeaveRescueHandler(
            OperationTransactions transactions,
            ProvisioningTargets provisioningTargets,
            ProvisionHandler provisionHandler) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
        this.provisionHandler = provisionHandler;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return new RescueTransition(transactions, provisioningTargets, provisionHandler).work(claimedWorkItem);
    }
}
