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

/** What is written down while a server is being deleted; as {@link ProvisionTransactions}. */
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

    /** How the service stands. */
    public ServiceState read(UUID serviceId) {
        return serviceLifecycle.read(serviceId);
    }

    /**
     * Servers of it are there: the vendor is about to be asked to delete them.
     *
     * @return how long ago it was asked first, since somebody has looked again if anybody has
     */
    public Duration announce(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        var open = open(serviceState);
        providerCalls.find(serviceState.id(), Step.DELETE);
        return open.map(ProviderCalls.Call::age).orElse(Duration.ZERO);
    }

    /**
     * The vendor says that there is nothing. It is believed when it says so again, a grace later, and later than any vendor's delay if
     * a server was asked for and given up.
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
            serviceLifecycle.tell(serviceState, "gone", "state", "terminated");
        }
        return true;
    }

    /** The call that is open; if none is, one is from now on. */
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
