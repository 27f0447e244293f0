package io.tenantry.cloud.provisioning;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has a server that is in its vendor's rescue system started from its own disk again. How, {@link RescueTransition} knows. */
@ApplicationScoped
public class LeaveRescueHandler implements WorkHandler {
    /** Its kind of work; the key is the wish. */
    public static final String KIND = "return";

    @Inject
    OperationTransactions steps;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** Knows all that may enter a server. */
    @Inject
    ProvisionHandler provisionHandler;

    /** For the container. */
    public LeaveRescueHandler() {}

    /** For use outside a container. */
    LeaveRescueHandler(
            OperationTransactions steps, ProvisioningTargets provisioningTargets, ProvisionHandler provisionHandler) {
        this.steps = steps;
        this.provisioningTargets = provisioningTargets;
        this.provisionHandler = provisionHandler;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return new RescueTransition(steps, provisioningTargets, provisionHandler).work(claimedWorkItem);
    }
}
