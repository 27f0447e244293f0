package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.RescueMode;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Has servers started into their vendor's rescue system, and back into their own; done by {@link EnterRescueHandler} and {@link LeaveRescueHandler}. What is on the
 * disk stays, who may enter is who might from the start, and the price stays as it is.
 */
@Stateless
public class RescueOperations {
    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    LockedServices lockedServices;

    @Inject
    ProviderCapabilities providerCapabilities;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    PendingOperations pendingOperations;

    /** How it ended. */
    public sealed interface Outcome {
        /** It is written down and begins at once. */
        record Wanted() implements Outcome {}

        /** It is there already, as far as we know. */
        record Unchanged() implements Outcome {}

        /** The server is at something that is not done yet. */
        record Busy(String meanwhile) implements Outcome {}

        /** There is no server at any vendor, or one without a rescue system that we can start. */
        record Impossible() implements Outcome {}
    }

    /** Whether a server, as it was read before, has a rescue system; asks no vendor. */
    public boolean isOffered(Services.Summary now) {
        access.requireIn(now.organizationId(), Permission.VPS_VIEW);
        return now.hasServer() && isPossible(serviceLifecycle.read(now.id()));
    }

    /**
     * Asks for it.
     *
     * @throws InvalidStateException unless the service is active
     */
    public Outcome enter(UUID serviceId) {
        return want(serviceId, OperationInProgress.RESCUE);
    }

    /**
     * Asks for its own system again.
     *
     * @throws InvalidStateException unless the service is active
     */
    public Outcome leave(UUID serviceId) {
        return want(serviceId, OperationInProgress.RETURN);
    }

    private Outcome want(UUID serviceId, OperationInProgress wanted) {
        var now = lockedServices.takeActive(serviceId);
        var underWay = lockedServices.underWay(now);
        if (underWay.isPresent()) {
            return new Outcome.Busy(underWay.get());
        }
        if (!now.hasServer()) {
            return new Outcome.Impossible();
        }
        if (now.rescued() == (wanted == OperationInProgress.RESCUE)) {
            return new Outcome.Unchanged();
        }
        var serviceState = serviceLifecycle.read(serviceId);
        if (!isPossible(serviceState)) {
            return new Outcome.Impossible();
        }
        pendingOperations.rescue(serviceId, wanted);
        serviceLifecycle.tell(serviceState, wanted.word() + "_wanted", "wanted", wanted.word());
        audit.record("service." + wanted.word(), "service", serviceId);
        return new Outcome.Wanted();
    }

    private boolean isPossible(ServiceState serviceState) {
        return providerCapabilities.has(serviceState.place().account(), RescueMode.class);
    }
}
