package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.notification.Notification;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The transactions of resizing a server, rebuilding it, or switching to or from its rescue system, as {@link ProvisionTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OperationTransactions {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    PendingOperations pendingOperations;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    WorkItems items;

    @Inject
    Reservations reservations;

    @Inject
    Charging charging;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public OperationTransactions() {}

    /** For use outside a container. */
    OperationTransactions(
            Sql sql,
            Clock clock,
            ServiceLifecycle serviceLifecycle,
            PendingOperations pendingOperations,
            ProviderCalls providerCalls,
            WorkItems items,
            Reservations reservations,
            Charging charging,
            AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.serviceLifecycle = serviceLifecycle;
        this.pendingOperations = pendingOperations;
        this.providerCalls = providerCalls;
        this.items = items;
        this.reservations = reservations;
        this.charging = charging;
        this.audit = audit;
    }

    /**
     * The status of a service.
     *
     * @param wanted empty once it is done or given up
     * @param asked the open request to the provider for it, if any
     */
    public record OperationStatus(
            ServiceState serviceState, Optional<PendingOperation> wanted, Optional<OperationRequest> asked) {
        /** Whether there is a server to change. */
        boolean isRunning() {
            return OperationTransactions.isRunning(serviceState);
        }
    }

    /**
     * A request to the provider whose result is open.
     *
     * @param task the provider's task, if it accepted the request
     * @param age time since the request
     */
    public record OperationRequest(Optional<ProviderTask> task, Duration age) {
        /** Returns the time since the request, or since a review by staff if that was later; the operation may have waited before. */
        Duration sinceThen(PendingOperation pendingOperation) {
            return age.compareTo(pendingOperation.age()) < 0 ? age : pendingOperation.age();
        }
    }

    /** Reads the status of the operation that the work item is responsible for. */
    public OperationStatus read(ClaimedWorkItem claimedWorkItem) {
        var wanted = pendingOperations.of(claimedWorkItem);
        var asked = wanted.flatMap(one -> providerCalls.latest(
                        claimedWorkItem.subject(), one.kind().step()))
                .filter(ProviderCalls.Call::isOpen)
                .map(call -> new OperationRequest(call.task().map(ProviderTask::new), call.age()));
        return new OperationStatus(serviceLifecycle.read(claimedWorkItem.subject()), wanted, asked);
    }

    /**
     * Records that the provider is about to be asked; an earlier request is closed, regardless of its result.
     *
     * @return false if the operation was dropped and the provider must not be asked
     */
    public boolean announce(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        var wanted = pendingOperations.of(claimedWorkItem);
        if (wanted.isEmpty() || !isRunning(serviceState)) {
            return false;
        }
        var step = wanted.get().kind().step();
        providerCalls.announceNext(serviceState.id(), step, "");
        return true;
    }

    /** Records that the provider has accepted the request as a task. */
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        var serviceState = held(claimedWorkItem);
        pendingOperations
                .of(claimedWorkItem)
                .ifPresent(
                        one -> providerCalls.take(serviceState.id(), one.kind().step(), providerTask.id()));
    }

    /** Records that the provider certainly did nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        pendingOperations
                .of(claimedWorkItem)
                .ifPresent(
                        one -> providerCalls.end(serviceState.id(), one.kind().step(), Result.REFUSED, words));
    }

    /** Whether an earlier request for the operation may have been carried out without a known result. */
    public boolean isLost(ClaimedWorkItem claimedWorkItem) {
        return pendingOperations
                .of(claimedWorkItem)
                .filter(one -> providerCalls.isLost(
                        claimedWorkItem.subject(), one.kind().step()))
                .isPresent();
    }

    /** Records that it is unknown whether the provider carried out the request. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        pendingOperations
                .of(claimedWorkItem)
                .ifPresent(
                        one -> providerCalls.doubt(serviceState.id(), one.kind().step(), words));
    }

    /**
     * Records that the server has the requested size: from now on, its service has the plan and its price, and the reservation is captured.
     *
     * @param state of the server: some providers leave it off
     */
    public void resized(ClaimedWorkItem claimedWorkItem, ProviderServer.State state) {
        var serviceState = held(claimedWorkItem);
        var wanted = pendingOperations.of(claimedWorkItem);
        if (wanted.isEmpty() || !(wanted.get() instanceof PendingOperation.Resize requested)) {
            return;
        }
        if (!isRunning(serviceState)) {
            pendingOperations.drop(serviceState);
            return;
        }
        providerCalls.end(serviceState.id(), ProviderCalls.Step.RESIZE, Result.DONE, "");
        pendingOperations.forget(serviceState);
        sql.update("""
                update service
                   set plan_id = ?, price_version_id = ?, provider_size = ?,
                       power = case ?::text when 'RUNNING' then 'ON' when 'STOPPED' then 'OFF' else power end
                 where id = ?
                """, requested.planId(), requested.priceVersionId(), requested.size(), state, serviceState.id());
        serviceLifecycle.recordEvent(
                serviceState,
                "plan_changed",
                "plan",
                sql.one("select name from plan where id = ?", row -> row.text("name"), requested.planId()));
        reservations.take(serviceState.walletId(), serviceState.id());
        charging.changePrice(serviceState.id(), serviceState.walletId(), requested.priceVersionId(), clock.instant());
        serviceLifecycle.notifyMembers(serviceState, Notification.Kind.SERVICE_CHANGED, "resize_wanted");
        audit.record("service.plan_changed", "service", serviceState.id());
    }

    /** Records that the server was rebuilt as requested, and runs. */
    public void rebuilt(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        var wanted = pendingOperations.of(claimedWorkItem);
        if (wanted.isEmpty() || !(wanted.get() instanceof PendingOperation.Rebuild requested)) {
            return;
        }
        providerCalls.end(serviceState.id(), ProviderCalls.Step.REBUILD, Result.DONE, "");
        sql.update("""
                insert into service_launch_config (service_id, image, key_names, keys, script_name, script)
                select service_id, image, key_names, keys, script_name, script from service_operation where id = ?
                on conflict (service_id) do update
                   set image = excluded.image, key_names = excluded.key_names, keys = excluded.keys,
                       script_name = excluded.script_name, script = excluded.script
                """, requested.id());
        pendingOperations.forget(serviceState);
        sql.update(
                "update service set provider_image = ?, power = 'ON' where id = ?",
                requested.image(),
                serviceState.id());
        serviceLifecycle.recordEvent(serviceState, "rebuilt", "image", serviceLifecycle.image(serviceState.id()));
        pendingOperations.fireRebuilt(serviceState);
        serviceLifecycle.notifyMembers(serviceState, Notification.Kind.SERVICE_REBUILT, "rebuild_wanted");
        audit.record("service.rebuilt", "service", serviceState.id());
    }

    /**
     * Records that the server runs in its rescue system, or in its own system again. The host key of the rescue system is different each time.
     */
    public void turnedOver(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        var wanted = pendingOperations.of(claimedWorkItem);
        if (wanted.isEmpty() || !(wanted.get() instanceof PendingOperation.Rescue requested)) {
            return;
        }
        providerCalls.end(serviceState.id(), requested.kind().step(), Result.DONE, "");
        pendingOperations.forget(serviceState);
        sql.update(
                "update service set rescue = ?, power = 'ON' where id = ?",
                requested.isRescue() ? requested.id() : null,
                serviceState.id());
        var event = requested.isRescue() ? "rescued" : "rescue_left";
        serviceLifecycle.recordEvent(
                serviceState, event, "wanted", requested.kind().word());
        audit.record("service." + event, "service", serviceState.id());
    }

    /**
     * Fails the operation: everything stays unchanged, and the reservation is released. Customers see our reason, not the provider's message.
     */
    public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        var serviceState = held(claimedWorkItem);
        pendingOperations.of(claimedWorkItem).ifPresent(one -> {
            providerCalls.end(serviceState.id(), one.kind().step(), Result.REFUSED, words);
            pendingOperations.drop(serviceState);
            serviceLifecycle.recordEvent(serviceState, one.kind().word() + "_failed", "reason", word(reason));
        });
    }

    /** Drops the operation: the service is over. */
    public void drop(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        if (pendingOperations.of(claimedWorkItem).isPresent()) {
            pendingOperations.drop(serviceState);
        }
    }

    /** Returns the key of the text that customers see for a reason. */
    static String word(Reason reason) {
        return switch (reason) {
            case BUSY, RATE_LIMITED, UNREACHABLE, NO_RESPONSE -> "busy";
            case LIMIT, NO_CAPACITY -> "full";
            case CREDENTIALS, FORBIDDEN, NOT_FOUND, INVALID -> "refused";
            case PROVIDER_ERROR, INVALID_RESPONSE -> "provider_error";
        };
    }

    private static boolean isRunning(ServiceState serviceState) {
        return serviceState.state() == Service.State.ACTIVE || serviceState.state() == Service.State.SUSPENDED;
    }

    private ServiceState held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return serviceLifecycle.lock(claimedWorkItem.subject());
    }
}
