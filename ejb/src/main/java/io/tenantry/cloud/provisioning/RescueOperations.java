package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.RescueMode;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Starts servers into their provider's rescue system, and back into their own; carried out by {@link EnterRescueHandler} and
 * {@link LeaveRescueHandler}. The disk stays unchanged, the keys are those of the launch configuration, and the price stays the same.
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

    /** The outcome of a request. */
    public sealed interface Outcome {
        /** The change is recorded and starts immediately. */
        record Wanted() implements Outcome {}

        /** The server is in that system already, as far as known. */
        record Unchanged() implements Outcome {}

        /** Another operation on the server is in progress. */
        record Busy(String meanwhile) implements Outcome {}

        /** There is no server at a provider, or one without a rescue system that we can start. */
        record Impossible() implements Outcome {}
    }

    /** Whether a server that was read before has a rescue system. Does not call the provider. */
    public boolean isOffered(Services.Summary now) {
        access.requireIn(now.organizationId(), Permission.VPS_VIEW);
        return now.hasServer() && isPossible(serviceLifecycle.read(now.id()));
    }

    /**
     * Requests a start into the rescue system.
     *
     * @throws InvalidStateException unless the service is active
     */
    public Outcome enter(UUID serviceId) {
        return want(serviceId, OperationInProgress.RESCUE);
    }

    /**
     * Requests a start into the server's own system.
     *
     * @throws InvalidStateException unless the service is active
     */
    public Outcome leave(UUID serviceId) {
        return want(serviceId, OperationInProgress.LEAVE_RESCUE);
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
        serviceLifecycle.recordEvent(serviceState, wanted.word() + "_wanted", "wanted", wanted.word());
        audit.record("service." + wanted.word(), "service", serviceId);
        return new Outcome.Wanted();
    }

    private boolean isPossible(ServiceState serviceState) {
        return providerCapabilities.has(serviceState.place().account(), RescueMode.class);
    }
}
