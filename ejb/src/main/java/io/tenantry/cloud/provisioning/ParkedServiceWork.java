package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.cloud.provisioning.ProviderCalls.Step;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ParkedWorkResolver;
import io.tenantry.workqueue.RetryOutcome;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Resolves parked work of services by a decision of staff. */
@ApplicationScoped
public class ParkedServiceWork implements ParkedWorkResolver {
    private static final Set<String> KINDS =
            Set.of(ProvisionHandler.KIND, DeleteServerHandler.KIND, PowerHandler.KIND, NetworkIsolationHandler.KIND);

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    OrderFailures orderFailures;

    @Inject
    PendingOperations pendingOperations;

    @Inject
    Reservations reservations;

    /** For the container. */
    public ParkedServiceWork() {}

    /** For use outside a container. */
    ParkedServiceWork(
            Sql sql,
            WorkItems items,
            ServiceLifecycle serviceLifecycle,
            ProviderCalls providerCalls,
            OrderFailures orderFailures,
            PendingOperations pendingOperations,
            Reservations reservations) {
        this.sql = sql;
        this.items = items;
        this.serviceLifecycle = serviceLifecycle;
        this.providerCalls = providerCalls;
        this.orderFailures = orderFailures;
        this.pendingOperations = pendingOperations;
        this.reservations = reservations;
    }

    @Override
    public boolean isFor(String kind) {
        return KINDS.contains(kind) || OperationInProgress.ofWork(kind).isPresent();
    }

    /** {@inheritDoc} The provider is checked first, as always. */
    @Override
    public RetryOutcome retry(WorkItems.Parked item, UUID serviceId) {
        var serviceState = serviceLifecycle.lock(serviceId);
        var missing = held(serviceState, item);
        if (missing.isPresent()) {
            return new RetryOutcome.InsufficientFunds(missing.get());
        }
        if (!items.resume(item.id())) {
            return new RetryOutcome.NotParked();
        }
        if (item.kind().equals(DeleteServerHandler.KIND)) {
            providerCalls.end(
                    serviceId, Step.DELETE, Result.NOT_FOUND, ""); // Requested again, however long it has taken so far.
        }
        if (item.kind().equals(PowerHandler.KIND)) {
            providerCalls.end(serviceId, Step.POWER, Result.NOT_FOUND, ""); // Likewise.
        }
        if (item.kind().equals(NetworkIsolationHandler.KIND)) {
            providerCalls.end(serviceId, Step.NETWORK, Result.NOT_FOUND, "");
        }
        serviceLifecycle.recordEvent(serviceState, "looked_again", "kind", item.kind());
        return new RetryOutcome.Retried();
    }

    /**
     * {@inheritDoc} An order fails, its reservation is released, and anything at the provider is deleted; a server whose power or network was
     * to be changed, or that was to be resized or rebuilt, stays as it is and at the same price.
     */
    @Override
    public boolean giveUp(WorkItems.Parked item, UUID serviceId, String reason) {
        var serviceState = serviceLifecycle.lock(serviceId);
        if (!items.drop(item.id(), reason)) {
            return false;
        }
        if (item.kind().equals(PowerHandler.KIND)) {
            providerCalls.end(serviceId, Step.POWER, Result.NOT_FOUND, "");
            sql.update("update service set pending_power = null, version = version + 1 where id = ?", serviceId);
            serviceLifecycle.recordEvent(serviceState, "power_failed", "reason", "given_up");
        } else if (item.kind().equals(NetworkIsolationHandler.KIND)) {
            providerCalls.end(serviceId, Step.NETWORK, Result.NOT_FOUND, "");
            sql.update("update service set pending_network = null, version = version + 1 where id = ?", serviceId);
            serviceLifecycle.recordEvent(serviceState, "network_failed", "reason", "given_up");
        } else if (serviceState.isOnItsWay()) {
            orderFailures.fail(serviceState, "given_up", Result.NOT_FOUND, item.why());
        }
        OperationInProgress.ofWork(item.kind()).ifPresent(operationInProgress -> {
            pendingOperations.drop(serviceState);
            serviceLifecycle.recordEvent(serviceState, operationInProgress.word() + "_failed", "reason", "given_up");
        });
        return true;
    }

    private Optional<Money> held(ServiceState serviceState, WorkItems.Parked item) {
        if (item.kind().equals(ProvisionHandler.KIND) && serviceState.isOnItsWay()) {
            var amount = reservations.firstHoursOf(
                    serviceState.walletId(), serviceState.id(), serviceLifecycle.hourly(serviceState));
            return reservations.renew(serviceState.walletId(), serviceState.id(), amount, ServiceOrders.HELD_FOR);
        }
        return OperationInProgress.ofWork(item.kind()).isPresent()
                ? pendingOperations.renew(serviceState)
                : Optional.empty();
    }
}
