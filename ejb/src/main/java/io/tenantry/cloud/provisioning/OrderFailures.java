package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.cloud.provisioning.ProviderCalls.Step;
import io.tenantry.people.notification.Notification;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** How an order ends of which nothing comes: all of it in the caller's transaction, whoever decided so. */
@ApplicationScoped
public class OrderFailures {
    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    WorkItems items;

    @Inject
    Reservations reservations;

    @Inject
    Clock clock;

    /** For the container. */
    public OrderFailures() {}

    /** For use outside a container. */
    OrderFailures(
            ServiceLifecycle serviceLifecycle,
            ProviderCalls providerCalls,
            WorkItems items,
            Reservations reservations,
            Clock clock) {
        this.serviceLifecycle = serviceLifecycle;
        this.providerCalls = providerCalls;
        this.items = items;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * Ends a locked service that is on its way: what was held for it is free again, whatever of it may be at the vendor is deleted, and
     * its people are told. They read our reason, not the vendor's words.
     *
     * @param reason of which pages have the words, in lower case
     * @param result what became of the call that is open, if one is
     * @param words the vendor's, for staff
     */
    void fail(ServiceState serviceState, String reason, Result result, String words) {
        providerCalls.end(serviceState.id(), Step.CREATE, result, words);
        serviceLifecycle.fail(serviceState, clock.instant(), words);
        serviceLifecycle.tell(serviceState, "failed", "reason", reason);
        reservations.release(serviceState.walletId(), serviceState.id());
        items.write(DeleteServerHandler.KIND, serviceState.id().toString(), serviceState.id());
        serviceLifecycle.tellMembers(serviceState, Notification.Kind.SERVICE_FAILED);
    }
}
