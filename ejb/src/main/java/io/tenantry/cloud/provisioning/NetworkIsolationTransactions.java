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

/** The transactions of isolating a server or ending its isolation, as {@link PowerTransactions}. */
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
     * The status of a service.
     *
     * @param wanted empty once it is done or given up, or if another work item is responsible
     * @param asked the open request to the provider, for that or for what was requested before, if any
     * @param isChanging whether the provider is performing another operation that requires the server's network
     */
    public record Situation(
            ServiceState serviceState,
            Optional<NetworkState> wanted,
            Optional<IsolationRequest> asked,
            boolean isChanging) {
        /** Whether there is a server whose network has to be managed. */
        boolean isRunning() {
            return serviceState.state() == Service.State.ACTIVE || serviceState.state() == Service.State.SUSPENDED;
        }
    }

    /**
     * A request to the provider whose result is open.
     *
     * @param task the provider's task, if it accepted the request
     * @param age time since the request
     */
    public record IsolationRequest(NetworkState what, Optional<ProviderTask> task, Duration age) {}

    /** Reads the status of the service. */
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
                        "select pending_operation is not null as busy from service where id = ?",
                        row -> row.flag("busy"),
                        claimedWorkItem.subject()));
    }

    /**
     * Records that the provider is about to be asked; an earlier request is closed, regardless of its result.
     *
     * @return false if the change is no longer requested and the provider must not be asked
     */
    public boolean announce(ClaimedWorkItem claimedWorkItem, NetworkState networkState) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).filter(networkState::equals).isEmpty()) {
            return false;
        }
        providerCalls.announceNext(serviceState.id(), Step.NETWORK, networkState.name());
        return true;
    }

    /** Records that the provider has accepted the request as a task. */
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        var serviceState = held(claimedWorkItem);
        providerCalls.take(serviceState.id(), Step.NETWORK, providerTask.id());
    }

    /** Records that the provider certainly did nothing, or that its task failed. */
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NETWORK, Result.REFUSED, words);
    }

    /** Records that it is unknown whether the provider carried out the request. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.doubt(serviceState.id(), Step.NETWORK, words);
    }

    /** Records that the requested state has been reached. */
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
                serviceLifecycle.recordEvent(
                        serviceState, "network_" + networkState.word(), "wanted", networkState.word());
            }
        });
    }

    /**
     * Records that the provider has turned out to be unable to isolate this server: it is switched off instead. Any partial isolation is
     * reverted.
     */
    public void fallBack(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).filter(NetworkState.ISOLATED::equals).isEmpty()) {
            return;
        }
        providerCalls.end(serviceState.id(), Step.NETWORK, Result.REFUSED, words);
        items.parked(serviceState.id()).stream()
                .filter(item -> item.kind().equals(PowerHandler.KIND))
                .forEach(item -> items.drop(item.id(), "the service is switched off"));
        sql.update("""
                update service
                   set pending_network = 'CONNECTED', suspended_by_network = false, power_on_resume = coalesce(pending_power <> 'STOP', power = 'ON'),
                       pending_power = 'STOP', version = version + 1
                 where id = ?
                """, serviceState.id());
        items.write(PowerHandler.KIND, Ids.next(clock).toString(), serviceState.id());
        serviceLifecycle.recordEvent(serviceState, "network_kept", "wanted", NetworkState.ISOLATED.word());
    }

    /** Drops the request: the service is over. */
    public void drop(ClaimedWorkItem claimedWorkItem) {
        var serviceState = held(claimedWorkItem);
        if (wanted(claimedWorkItem).isPresent()) {
            providerCalls.end(serviceState.id(), Step.NETWORK, Result.NOT_FOUND, "");
            sql.update(
                    "update service set pending_network = null, version = version + 1 where id = ?", serviceState.id());
        }
    }

    /** Returns what the work item is responsible for; empty if it is outdated because something else is requested by now. */
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
