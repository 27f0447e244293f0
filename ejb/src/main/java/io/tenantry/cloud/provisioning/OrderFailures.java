package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.cloud.provisioning.ProviderCalls.Step;
import io.tenantry.people.notification.Notification;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Fails orders within the caller's transaction. */
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
     * Fails a locked service that is being provisioned: its reservation is released, anything at the provider is deleted, and its members are
     * notified. They see our reason, not the provider's message.
     *
     * @param reason the key of its text on pages, in lower case
     * @param result the result of the open call, if there is one
     * @param words the provider's message, for staff
     */
    void fail(ServiceState serviceState, String reason, Result result, String words) {
        providerCalls.end(serviceState.id(), Step.CREATE, result, words);
        serviceLifecycle.fail(serviceState, clock.instant(), words);
        serviceLifecycle.recordEvent(serviceState, "failed", "reason", reason);
        reservations.release(serviceState.walletId(), serviceState.id());
        items.write(DeleteServerHandler.KIND, serviceState.id().toString(), serviceState.id());
        serviceLifecycle.notifyMembers(serviceState, Notification.Kind.SERVICE_FAILED);
    }
}
