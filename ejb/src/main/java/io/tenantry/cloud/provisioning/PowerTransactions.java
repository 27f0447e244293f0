package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.cloud.provisioning.ProviderCalls.Step;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The transactions of switching a server, as {@link ProvisionTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PowerTransactions {
    @Inject
    Sql sql;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    WorkItems items;

    /** For the container. */
    public PowerTransactions() {}

    /** For use outside a container. */
    public PowerTransactions(Sql sql, ServiceLifecycle serviceLifecycle, ProviderCalls providerCalls, WorkItems items) {
        this.sql = sql;
        this.serviceLifecycle = serviceLifecycle;
        this.providerCalls = providerCalls;
        this.items = items;
    }

    /**
     * The status of a service.
     *
     * @param wanted empty once it is done or given up, or if another work item is responsible
     * @param asked the open request to the provider, for that or for what was requested before, if any
     * @param isOccupied whether the provider is performing another operation, after which the server may be on
     * @param isCutOff whether it is suspended by its network, so that its power remains the customer's choice
     */
    public record PowerStatus(
            ServiceState serviceState,
            Optional<PendingPowerAction> wanted,
            Optional<PowerRequest> asked,
            boolean isOccupied,
            boolean isCutOff) {
        /** Whether there is anything left to switch; a server suspended by its power is only ever switched off. */
        boolean isRunning() {
            return serviceState.state() == Service.State.ACTIVE
                    || (serviceState.state() == Service.State.SUSPENDED && isCutOff)
                    || (isSuspended()
                            && wanted.filter(PendingPowerAction.STOP::equals).isPresent());
        }

        /** Whether its suspension has switched it off, which only staff can give up. */
        boolean isSuspended() {
            return serviceState.state() == Service.State.SUSPENDED && !isCutOff;
        }
    }

    /**
     * A request to the provider whose result is open.
     *
     * @param task the provider's task, if it accepted the request
     * @param age time since the request
     */
    public record PowerRequest(PowerAction power, Optional<ProviderTask> task, Duration age) {}

    /** Reads the status of the service. */
    public PowerStatus read(ClaimedWorkItem claimedWorkItem) {
        var serverConditions = others(claimedWorkItem);
        return new PowerStatus(
                serviceLifecycle.read(claimedWorkItem.subject()),
                wanted(claimedWorkItem),
                providerCalls
                        .latest(claimedWorkItem.subject(), Step.POWER)
                        .filter(ProviderCalls.Call::isOpen)
                        .map(call -> new PowerRequest(
                                PowerAction.valueOf(call.what()), call.task().map(ProviderTask::new), call.age())),
                serverConditions.isOccupied(),
                serverConditions.isCutOff());
    }

    private record ServerConditions(boolean isOccupied, boolean isCutOff) {}

    /** A server that is being restored may be on afterwards; if the provider was not asked for the restore yet, the restore waits instead. */
    private ServerConditions others(ClaimedWorkItem claimedWorkItem) {
        return sql.one(
                """
                select suspended_by_network,
                       pending_operation is not null
                    or exists (select from addon_v o
                                where s.state = 'SUSPENDED' and not s.suspended_by_network and o.service_id = s.id and o.pending_action = 'RESTORE'
                                  and o.requested_at is not null) as occupied
                  from service s
                 where s.id = ?
                """,
                row -> new ServerConditions(row.flag("occupied"), row.flag("suspended_by_network")),
                claimedWorkItem.subject());
    }

    /**
     * Records that the provider is about to be asked; an earlier request is closed, regardless of its result.
     *
     * @return false if the change is no longer requested and the provider must not be asked
     */
    public boolean announce(ClaimedWorkItem claimedWorkItem, PowerAction powerAction) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isEmpty()) {
            return false;
        }
        providerCalls.announceNext(serviceState.id(), Step.POWER, powerAction.name());
        return true;
    }

    /** Records that the previous request is over at the provider, regardless of its result. */
    public void settle(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isPresent()) {
            providerCalls.end(serviceState.id(), Step.POWER, Result.NOT_FOUND, "");
        }
    }

    /** Records that the provider has accepted the request as a task. */
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        var serviceState = held(claimedWorkItem);
        providerCalls.take(serviceState.id(), Step.POWER, providerTask.id());
    }

    /** Records that the provider certainly did nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.POWER, Result.REFUSED, words);
    }

    /** Records that it is unknown whether the provider carried out the request. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.doubt(serviceState.id(), Step.POWER, words);
    }

    /**
     * Records that the requested state has been reached. A server that was started, and not only found running, has left its rescue system.
     *
     * @param isCertain false if the provider did not report it and it cannot be observed
     */
    public void done(ClaimedWorkItem claimedWorkItem, boolean isCertain) {
        var serviceState = held(claimedWorkItem);
        wanted(claimedWorkItem).ifPresent(one -> {
            var isStarted = isCertain
                    && one != PendingPowerAction.STOP
                    && providerCalls
                            .latest(serviceState.id(), Step.POWER)
                            .filter(ProviderCalls.Call::isOpen)
                            .isPresent();
            providerCalls.end(serviceState.id(), Step.POWER, isCertain ? Result.DONE : Result.NOT_FOUND, "");
            sql.update("""
                    update service
                       set power = ?, pending_power = null, version = version + 1, rescue = case when not ? then rescue end
                     where id = ?
                    """, one.isOnAfterwards() ? "ON" : "OFF", isStarted, serviceState.id());
            serviceLifecycle.recordEvent(serviceState, isCertain ? eventOf(one) : "power_unsure", "wanted", one.word());
        });
    }

    /** Records that the request has failed; the server is unchanged, or as the provider left it. */
    public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isEmpty()) {
            return;
        }
        providerCalls.end(serviceState.id(), Step.POWER, Result.REFUSED, words);
        forget(serviceState);
        serviceLifecycle.recordEvent(
                serviceState, "power_failed", "reason", reason.name().toLowerCase(Locale.ROOT));
    }

    /** Drops the request: the service is over. */
    public void drop(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isEmpty()) {
            return;
        }
        providerCalls.end(serviceState.id(), Step.POWER, Result.NOT_FOUND, "");
        forget(serviceState);
    }

    private void forget(ServiceState serviceState) {
        sql.update("update service set pending_power = null, version = version + 1 where id = ?", serviceState.id());
    }

    /** Returns what the work item is responsible for; empty if it is outdated because something else is requested by now. */
    private Optional<PendingPowerAction> wanted(ClaimedWorkItem claimedWorkItem) {
        return items.isPast(claimedWorkItem)
                ? Optional.empty()
                : sql.one(
                        "select pending_power from service where id = ?",
                        row -> row.maybeText("pending_power").map(PendingPowerAction::valueOf),
                        claimedWorkItem.subject());
    }

    private static String eventOf(PendingPowerAction done) {
        return switch (done) {
            case START -> "power_on";
            case STOP -> "power_off";
            case RESTART -> "power_restarted";
        };
    }

    private ServiceState held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return serviceLifecycle.lock(claimedWorkItem.subject());
    }
}
