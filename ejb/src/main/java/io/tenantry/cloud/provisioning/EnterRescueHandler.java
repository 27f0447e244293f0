package io.tenantry.cloud.provisioning;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has a server started into its vendor's rescue system. How, {@link RescueTransition} knows. */
@ApplicationScoped
public class EnterRescueHandler implements WorkHandler {
    /** Its kind of work; the key is the wish. */
    public static final String KIND = "rescue";

    @Inject
    OperationTransactions steps;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** Knows all that may enter a server. */
    @Inject
    ProvisionHandler provisionHandler;

    /** For the container. */
    public EnterRescueHandler() {}

    /** For use outside a container. */
    EnterRescueHandler(
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
