package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.cloud.provisioning.ProviderCalls.Step;
import io.tenantry.kernel.time.Ids;
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

/** What is written down while a server is cut off from its network or gets it back; as {@link PowerTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NetworkIsolationTransactions {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    WorkItems items;

    /** For the container. */
    public NetworkIsolationTransactions() {}

    /** For use outside a container. */
    NetworkIsolationTransactions(
            Sql sql, Clock clock, ServiceLifecycle serviceLifecycle, ProviderCalls providerCalls, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.serviceLifecycle = serviceLifecycle;
        this.providerCalls = providerCalls;
        this.items = items;
    }

    /**
     * How a service stands.
     *
     * @param wanted nothing once it is done or given up, or if other work sees to it
     * @param asked the vendor, for that or for what was wanted before, if it was
     * @param isChanging whether its vendor is at something else with it, for which it needs its network
     */
    public record Situation(
            ServiceState serviceState,
            Optional<NetworkState> wanted,
            Optional<IsolationRequest> asked,
            boolean isChanging) {
        /** Whether there is a server whose network is anybody's business. */
        boolean isRunning() {
            return serviceState.state() == Service.State.ACTIVE || serviceState.state() == Service.State.SUSPENDED;
        }
    }

    /**
     * A question to the vendor whose end is open.
     *
     * @param task the vendor's, if it said that it does it
     * @param age how long ago
     */
    public record IsolationRequest(NetworkState what, Optional<ProviderTask> task, Duration age) {}

    /** How the service stands. */
    public Situation read(ClaimedWorkItem claimedWorkItem) {
        return new Situation(
                serviceLifecycle.read(claimedWorkItem.subject()),
                wanted(claimedWorkItem),
                providerCalls
                        .latest(claimedWorkItem.subject(), Step.NETWORK)
                        .filter(ProviderCalls.Call::isOpen)
                        .map(call -> new IsolationRequest(
                                NetworkState.valueOf(call.what()), call.task().map(ProviderTask::new), call.age())),
                sql.one(
                        "select changing is not null as busy from service where id = ?",
                        row -> row.flag("busy"),
                        claimedWorkItem.subject()));
    }

    /**
     * The vendor is about to be asked; an earlier question is over, whatever came of it.
     *
     * @return false if nobody wants it any more: then it must not be
     */
    public boolean announce(ClaimedWorkItem claimedWorkItem, NetworkState networkState) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).filter(networkState::equals).isEmpty()) {
            return false;
        }
        providerCalls.announceNext(serviceState.id(), Step.NETWORK, networkState.name());
        return true;
    }

    /** The vendor says that it does it. */
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        var serviceState = held(claimedWorkItem);
        providerCalls.take(serviceState.id(), Step.NETWORK, providerTask.id());
    }

    /** The vendor surely did nothing, or what it did came to nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NETWORK, Result.REFUSED, words);
    }

    /** The vendor may have done it or not. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.doubt(serviceState.id(), Step.NETWORK, words);
    }

    /** It is as it was wanted. */
    public void done(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        wanted(claimedWorkItem).ifPresent(networkState -> {
            providerCalls.end(serviceState.id(), Step.NETWORK, Result.DONE, "");
            var was =
                    sql.one("select network from service where id = ?", row -> row.text("network"), serviceState.id());
            sql.update("""
                    update service set network = ?, pending_network = null, version = version + 1 where id = ?
                    """, networkState, serviceState.id());
            if (!was.equals(networkState.name())) {
                serviceLifecycle.tell(serviceState, "network_" + networkState.word(), "wanted", networkState.word());
            }
        });
    }

    /**
     * Its vendor cannot cut it off, or not this one, now that it was asked: it is switched off instead. What was done of it all the same is
     * taken back.
     */
    public void fallBack(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).filter(NetworkState.CUT::equals).isEmpty()) {
            return;
        }
        providerCalls.end(serviceState.id(), Step.NETWORK, Result.REFUSED, words);
        items.parked(serviceState.id()).stream()
                .filter(item -> item.kind().equals(PowerHandler.KIND))
                .forEach(item -> items.drop(item.id(), "the service is switched off"));
        sql.update("""
                update service
                   set pending_network = 'OPEN', suspended_by_network = false, power_on_resume = coalesce(pending_power <> 'STOP', power = 'ON'),
                       pending_power = 'STOP', version = version + 1
                 where id = ?
                """, serviceState.id());
        items.write(PowerHandler.KIND, Ids.next(clock).toString(), serviceState.id());
        serviceLifecycle.tell(serviceState, "network_kept", "wanted", NetworkState.CUT.word());
    }

    /** Nobody wants it any more: the service is over. */
    public void drop(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isPresent()) {
            providerCalls.end(serviceState.id(), Step.NETWORK, Result.NOTHING, "");
            sql.update(
                    "update service set pending_network = null, version = version + 1 where id = ?", serviceState.id());
        }
    }

    /** What that work is to see to; nothing if it is left over, and something else is wanted by now. */
    private Optional<NetworkState> wanted(ClaimedWorkItem claimedWorkItem) {
        return items.isPast(claimedWorkItem)
                ? Optional.empty()
                : sql.one(
                        "select pending_network from service where id = ?",
                        row -> row.maybeText("pending_network").map(NetworkState::valueOf),
                        claimedWorkItem.subject());
    }

    private ServiceState held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return serviceLifecycle.lock(claimedWorkItem.subject());
    }
}
