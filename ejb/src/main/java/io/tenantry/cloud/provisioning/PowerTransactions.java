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

/** What is written down while a server is switched; as {@link ProvisionTransactions}. */
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
     * How a service stands.
     *
     * @param wanted nothing once it is done or given up, or if other work sees to it
     * @param asked the vendor, for that or for what was wanted before, if it was
     * @param isOccupied whether its vendor is at something else with it, after which it may be on
     * @param isCutOff whether it is suspended by its network, so that its power is nobody's business but its customer's
     */
    public record PowerStatus(
            ServiceState serviceState,
            Optional<PendingPowerAction> wanted,
            Optional<PowerRequest> asked,
            boolean isOccupied,
            boolean isCutOff) {
        /** Whether there is anything left to switch; what is suspended by its power is only ever switched off. */
        boolean isRunning() {
            return serviceState.state() == Service.State.ACTIVE
                    || (serviceState.state() == Service.State.SUSPENDED && isCutOff)
                    || (isSuspended()
                            && wanted.filter(PendingPowerAction.STOP::equals).isPresent());
        }

        /** Whether its suspension has switched it off, so that nobody gives that up but a person. */
        boolean isSuspended() {
            return serviceState.state() == Service.State.SUSPENDED && !isCutOff;
        }
    }

    /**
     * A question to the vendor whose end is open.
     *
     * @param task the vendor's, if it said that it does it
     * @param age how long ago
     */
    public record PowerRequest(PowerAction power, Optional<ProviderTask> task, Duration age) {}

    /** How the service stands. */
    public PowerStatus read(ClaimedWorkItem claimedWorkItem) {
        var others = others(claimedWorkItem);
        return new PowerStatus(
                serviceLifecycle.read(claimedWorkItem.subject()),
                wanted(claimedWorkItem),
                providerCalls
                        .latest(claimedWorkItem.subject(), Step.POWER)
                        .filter(ProviderCalls.Call::isOpen)
                        .map(call -> new PowerRequest(
                                PowerAction.valueOf(call.what()), call.task().map(ProviderTask::new), call.age())),
                others.isOccupied(),
                others.isCutOff());
    }

    private record Others(boolean isOccupied, boolean isCutOff) {}

    /** One that is put back to a copy may be on when that is done; before its vendor was asked, that waits instead. */
    private Others others(ClaimedWorkItem claimedWorkItem) {
        return sql.one(
                """
                select suspended_by_network,
                       changing is not null
                    or exists (select from addon_v o
                                where s.state = 'SUSPENDED' and not s.suspended_by_network and o.service_id = s.id and o.wanted = 'RESTORE'
                                  and o.asked_at is not null) as occupied
                  from service s
                 where s.id = ?
                """,
                row -> new Others(row.flag("occupied"), row.flag("suspended_by_network")),
                claimedWorkItem.subject());
    }

    /**
     * The vendor is about to be asked; an earlier question is over, whatever came of it.
     *
     * @return false if nobody wants it any more: then it must not be
     */
    public boolean announce(ClaimedWorkItem claimedWorkItem, PowerAction powerAction) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isEmpty()) {
            return false;
        }
        providerCalls.announceNext(serviceState.id(), Step.POWER, powerAction.name());
        return true;
    }

    /** What was wanted before is over at the vendor, whatever came of it. */
    public void settle(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isPresent()) {
            providerCalls.end(serviceState.id(), Step.POWER, Result.NOTHING, "");
        }
    }

    /** The vendor says that it does it. */
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        var serviceState = held(claimedWorkItem);
        providerCalls.take(serviceState.id(), Step.POWER, providerTask.id());
    }

    /** The vendor surely did nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.POWER, Result.REFUSED, words);
    }

    /** The vendor may have done it or not. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.doubt(serviceState.id(), Step.POWER, words);
    }

    /**
     * It is as it was wanted. One that was started, and not only found running, has left its rescue system.
     *
     * @param isCertain false if the vendor did not say so and it cannot be seen
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
            providerCalls.end(serviceState.id(), Step.POWER, isCertain ? Result.DONE : Result.NOTHING, "");
            sql.update("""
                    update service
                       set power = ?, pending_power = null, version = version + 1, rescue = case when not ? then rescue end
                     where id = ?
                    """, one.isOnAfterwards() ? "ON" : "OFF", isStarted, serviceState.id());
            serviceLifecycle.tell(serviceState, isCertain ? told(one) : "power_unsure", "wanted", one.word());
        });
    }

    /** It will not be so; the server is as it was, or as the vendor left it. */
    public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isEmpty()) {
            return;
        }
        providerCalls.end(serviceState.id(), Step.POWER, Result.REFUSED, words);
        forget(serviceState);
        serviceLifecycle.tell(
                serviceState, "power_failed", "reason", reason.name().toLowerCase(Locale.ROOT));
    }

    /** Nobody wants it any more: the service is over. */
    public void drop(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isEmpty()) {
            return;
        }
        providerCalls.end(serviceState.id(), Step.POWER, Result.NOTHING, "");
        forget(serviceState);
    }

    private void forget(ServiceState serviceState) {
        sql.update("update service set pending_power = null, version = version + 1 where id = ?", serviceState.id());
    }

    /** What that work is to see to; nothing if it is left over, and something else is wanted by now. */
    private Optional<PendingPowerAction> wanted(ClaimedWorkItem claimedWorkItem) {
        return items.isPast(claimedWorkItem)
                ? Optional.empty()
                : sql.one(
                        "select pending_power from service where id = ?",
                        row -> row.maybeText("pending_power").map(PendingPowerAction::valueOf),
                        claimedWorkItem.subject());
    }

    private static String told(PendingPowerAction done) {
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
