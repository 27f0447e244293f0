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

/** What is written down while a server gets another size, begins anew or is turned to another system; as {@link ProvisionTransactions}. */
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
     * How a service stands.
     *
     * @param wanted nothing once it is done or given up
     * @param asked the vendor, for that, if it was
     */
    public record OperationStatus(
            ServiceState serviceState, Optional<PendingOperation> wanted, Optional<OperationRequest> asked) {
        /** Whether there is a server to change. */
        boolean isRunning() {
            return OperationTransactions.isRunning(serviceState);
        }
    }

    /**
     * A question to the vendor whose end is open.
     *
     * @param task the vendor's, if it said that it does it
     * @param age how long ago
     */
    public record OperationRequest(Optional<ProviderTask> task, Duration age) {
        /** How long it has been at it since it was asked, or since somebody looked: what was wanted may have waited before. */
        Duration sinceThen(PendingOperation pendingOperation) {
            return age.compareTo(pendingOperation.age()) < 0 ? age : pendingOperation.age();
        }
    }

    /** How it stands with what the work is to see to. */
    public OperationStatus read(ClaimedWorkItem claimedWorkItem) {
        var wanted = pendingOperations.of(claimedWorkItem);
        var asked = wanted.flatMap(one -> providerCalls.latest(
                        claimedWorkItem.subject(), one.kind().step()))
                .filter(ProviderCalls.Call::isOpen)
                .map(call -> new OperationRequest(call.task().map(ProviderTask::new), call.age()));
        return new OperationStatus(serviceLifecycle.read(claimedWorkItem.subject()), wanted, asked);
    }

    /**
     * The vendor is about to be asked; an earlier question is over, whatever came of it.
     *
     * @return false if nobody wants it any more: then it must not be
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

    /** The vendor says that it does it. */
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        var serviceState = held(claimedWorkItem);
        pendingOperations
                .of(claimedWorkItem)
                .ifPresent(
                        one -> providerCalls.take(serviceState.id(), one.kind().step(), providerTask.id()));
    }

    /** The vendor surely did nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        pendingOperations
                .of(claimedWorkItem)
                .ifPresent(
                        one -> providerCalls.end(serviceState.id(), one.kind().step(), Result.REFUSED, words));
    }

    /** Whether an earlier question of what is wanted may have been done, of which nobody heard. */
    public boolean isLost(ClaimedWorkItem claimedWorkItem) {
        return pendingOperations
                .of(claimedWorkItem)
                .filter(one -> providerCalls.isLost(
                        claimedWorkItem.subject(), one.kind().step()))
                .isPresent();
    }

    /** The vendor may have done it or not. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        pendingOperations
                .of(claimedWorkItem)
                .ifPresent(
                        one -> providerCalls.doubt(serviceState.id(), one.kind().step(), words));
    }

    /**
     * The server has the size that was wanted: from now on its service has the plan and its price, and nothing is held for it any more.
     *
     * @param state of the server: some vendors leave it off
     */
    public void resized(ClaimedWorkItem claimedWorkItem, ProviderServer.State state) {
        var serviceState = held(claimedWorkItem);
        var wanted = pendingOperations.of(claimedWorkItem);
        if (wanted.isEmpty() || !(wanted.get() instanceof PendingOperation.Resize wish)) {
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
                """, wish.planId(), wish.priceVersionId(), wish.size(), state, serviceState.id());
        serviceLifecycle.tell(
                serviceState,
                "plan_changed",
                "plan",
                sql.one("select name from plan where id = ?", row -> row.text("name"), wish.planId()));
        reservations.take(serviceState.walletId(), serviceState.id());
        charging.changePrice(serviceState.id(), serviceState.walletId(), wish.priceVersionId(), clock.instant());
        serviceLifecycle.tellMembers(serviceState, Notification.Kind.SERVICE_CHANGED, "resize_wanted");
        audit.record("service.plan_changed", "service", serviceState.id());
    }

    /** The server has begun anew with what was wanted, and runs. */
    public void rebuilt(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        var wanted = pendingOperations.of(claimedWorkItem);
        if (wanted.isEmpty() || !(wanted.get() instanceof PendingOperation.Rebuild wish)) {
            return;
        }
        providerCalls.end(serviceState.id(), ProviderCalls.Step.REBUILD, Result.DONE, "");
        sql.update("""
                insert into service_launch_config (service_id, image, key_names, keys, script_name, script)
                select service_id, image, key_names, keys, script_name, script from service_operation where id = ?
                on conflict (service_id) do update
                   set image = excluded.image, key_names = excluded.key_names, keys = excluded.keys,
                       script_name = excluded.script_name, script = excluded.script
                """, wish.id());
        pendingOperations.forget(serviceState);
        sql.update("update service set provider_image = ?, power = 'ON' where id = ?", wish.image(), serviceState.id());
        serviceLifecycle.tell(serviceState, "rebuilt", "image", serviceLifecycle.image(serviceState.id()));
        pendingOperations.tellRebuilt(serviceState);
        serviceLifecycle.tellMembers(serviceState, Notification.Kind.SERVICE_REBUILT, "rebuild_wanted");
        audit.record("service.rebuilt", "service", serviceState.id());
    }

    /** The server is in its rescue system, or in its own again, and runs. The key that it shows there is another one each time. */
    public void turnedOver(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        var wanted = pendingOperations.of(claimedWorkItem);
        if (wanted.isEmpty() || !(wanted.get() instanceof PendingOperation.Rescue wish)) {
            return;
        }
        providerCalls.end(serviceState.id(), wish.kind().step(), Result.DONE, "");
        pendingOperations.forget(serviceState);
        sql.update(
                "update service set rescue = ?, power = 'ON' where id = ?",
                wish.isRescue() ? wish.id() : null,
                serviceState.id());
        var told = wish.isRescue() ? "rescued" : "returned";
        serviceLifecycle.tell(serviceState, told, "wanted", wish.kind().word());
        audit.record("service." + told, "service", serviceState.id());
    }

    /** It will not be done: all stays as it is, and what was held is free again. Customers read our reason, not the vendor's words. */
    public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        var serviceState = held(claimedWorkItem);
        pendingOperations.of(claimedWorkItem).ifPresent(one -> {
            providerCalls.end(serviceState.id(), one.kind().step(), Result.REFUSED, words);
            pendingOperations.drop(serviceState);
            serviceLifecycle.tell(serviceState, one.kind().word() + "_failed", "reason", word(reason));
        });
    }

    /** Nobody wants it any more: the service is over. */
    public void drop(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        if (pendingOperations.of(claimedWorkItem).isPresent()) {
            pendingOperations.drop(serviceState);
        }
    }

    /** What customers read of a reason. */
    static String word(Reason reason) {
        return switch (reason) {
            case BUSY, TOO_OFTEN, UNREACHABLE, NO_ANSWER -> "busy";
            case LIMIT, NO_CAPACITY -> "full";
            case CREDENTIALS, FORBIDDEN, NOT_FOUND, INVALID -> "refused";
            case VENDOR, NOT_UNDERSTOOD -> "vendor";
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
