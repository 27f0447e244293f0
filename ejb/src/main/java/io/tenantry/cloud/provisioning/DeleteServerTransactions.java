package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.cloud.provisioning.ProviderCalls.Step;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The transactions of deleting a server, as {@link ProvisionTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DeleteServerTransactions {
    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    WorkItems items;

    /** For the container. */
    public DeleteServerTransactions() {}

    /** For use outside a container. */
    public DeleteServerTransactions(ServiceLifecycle serviceLifecycle, ProviderCalls providerCalls, WorkItems items) {
        this.serviceLifecycle = serviceLifecycle;
        this.providerCalls = providerCalls;
        this.items = items;
    }

    /** Reads the state of the service. */
    public ServiceState read(UUID serviceId) {
        return serviceLifecycle.read(serviceId);
    }

    /**
     * Records that servers exist and that the provider is about to be asked to delete them.
     *
     * @return time since the first request, or since the last review by staff if there was one
     */
    public Duration announce(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        var open = open(serviceState);
        providerCalls.find(serviceState.id(), Step.DELETE);
        return open.map(ProviderCalls.Call::age).orElse(Duration.ZERO);
    }

    /**
     * Records that the provider reports no server. That is believed when it is reported again one grace period later, and, if a server was
     * requested and given up, later than the delay of any provider.
     *
     * @return whether the service is over, and nothing is left of it
     */
    public boolean missed(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        var open = open(serviceState);
        providerCalls.miss(serviceState.id(), Step.DELETE);
        if (open.filter(ProviderCalls.Call::isMissed).isEmpty() || providerCalls.mayAppear(serviceState.id())) {
            return false;
        }
        providerCalls.end(serviceState.id(), Step.DELETE, Result.DONE, "");
        if (serviceState.state() == Service.State.TERMINATING) {
            serviceLifecycle.move(serviceState, Service.State.TERMINATED);
            serviceLifecycle.recordEvent(serviceState, "gone", "state", "terminated");
        }
        return true;
    }

    /** Returns the open call, starting one if there is none. */
    private Optional<ProviderCalls.Call> open(ServiceState serviceState) {
        var latest = providerCalls.latest(serviceState.id(), Step.DELETE);
        var open = latest.filter(ProviderCalls.Call::isOpen);
        if (open.isEmpty()) {
            providerCalls.announce(
                    serviceState.id(),
                    Step.DELETE,
                    latest.map(ProviderCalls.Call::attempt).orElse(0) + 1);
        }
        return open;
    }

    private ServiceState held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return serviceLifecycle.lock(claimedWorkItem.subject());
    }
}
