package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
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
import java.util.List;
import java.util.Optional;

/** The transactions of naming addresses, as {@link ProvisionTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ReverseDnsTransactions {
    /** Longer than the timeout of a provider call: an older call belongs to a worker that has crashed. */
    static final Duration ASKING_MAX = Duration.ofMinutes(1);

    @Inject
    Sql sql;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    WorkItems items;

    /** For the container. */
    public ReverseDnsTransactions() {}

    /** For use outside a container. */
    ReverseDnsTransactions(Sql sql, ServiceLifecycle serviceLifecycle, ProviderCalls providerCalls, WorkItems items) {
        this.sql = sql;
        this.serviceLifecycle = serviceLifecycle;
        this.providerCalls = providerCalls;
        this.items = items;
    }

    /** The requested name of an address; empty for the provider's own. */
    public record ReverseDnsRequest(String address, String hostname) {}

    /** The next step. */
    public sealed interface Next {
        /** Set this name; the call has been recorded. */
        record Ask(ReverseDnsRequest naming) implements Next {}

        /** Another worker may be calling the provider at this moment: of two names, the one requested last must be set last. */
        record Wait() implements Next {}

        /** No name is requested any longer. */
        record Nothing() implements Next {}
    }

    /** Reads the state of the service. */
    public ServiceState read(ClaimedWorkItem claimedWorkItem) {
        return serviceLifecycle.read(claimedWorkItem.subject());
    }

    /** Returns the next name to set, given the addresses of the server; only those are named. */
    public Next announce(ClaimedWorkItem claimedWorkItem, List<String> addresses) {
        var serviceState = held(claimedWorkItem);
        serviceLifecycle.reach(serviceState, addresses);
        var latest = providerCalls.latest(serviceState.id(), Step.NAME);
        if (latest.filter(call -> call.isOpen() && call.age().compareTo(ASKING_MAX) <= 0)
                .isPresent()) {
            return new Next.Wait();
        }
        var next = next(serviceState);
        providerCalls.end(serviceState.id(), Step.NAME, Result.NOT_FOUND, "");
        if (next.isEmpty()) {
            return new Next.Nothing();
        }
        providerCalls.announce(
                serviceState.id(),
                Step.NAME,
                latest.map(ProviderCalls.Call::attempt).orElse(0) + 1);
        return new Next.Ask(next.get());
    }

    /** Records that the provider has set the name. A different name requested meanwhile has its own work item. */
    public void named(ClaimedWorkItem claimedWorkItem, ReverseDnsRequest reverseDnsRequest) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NAME, Result.DONE, "");
        sql.update(
                """
                update service_address
                   set hostname = ?, pending_hostname = nullif(pending_hostname, ?)
                 where service_id = ? and address = ?
                """,
                reverseDnsRequest.hostname(),
                reverseDnsRequest.hostname(),
                serviceState.id(),
                reverseDnsRequest.address());
        serviceLifecycle.recordEvent(serviceState, "address_named", "address", reverseDnsRequest.address());
    }

    /** Records that the name was not set, or that this is unknown; it is requested again. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NAME, Result.NOT_FOUND, words);
    }

    /** Records that the name was refused. */
    public void refused(
            ClaimedWorkItem claimedWorkItem, ReverseDnsRequest reverseDnsRequest, Reason reason, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NAME, Result.REFUSED, words);
        forget(serviceState, reverseDnsRequest);
        serviceLifecycle.recordEvent(serviceState, "address_failed", "reason", OperationTransactions.word(reason));
    }

    /** Drops all requested names: they are no longer needed, or there is no provider to ask. */
    public void drop(ClaimedWorkItem claimedWorkItem, Reason reason) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NAME, Result.NOT_FOUND, "");
        if (sql.update(
                        "update service_address set pending_hostname = null where service_id = ? and pending_hostname is not null",
                        serviceState.id())
                > 0) {
            serviceLifecycle.recordEvent(serviceState, "address_failed", "reason", OperationTransactions.word(reason));
        }
    }

    private Optional<ReverseDnsRequest> next(ServiceState serviceState) {
        return sql.first(
                """
                select address, pending_hostname from service_address
                 where service_id = ? and pending_hostname is not null
                 order by position, address
                 limit 1
                """,
                row -> new ReverseDnsRequest(row.text("address"), row.text("pending_hostname")),
                serviceState.id());
    }

    private void forget(ServiceState serviceState, ReverseDnsRequest reverseDnsRequest) {
        sql.update(
                "update service_address set pending_hostname = nullif(pending_hostname, ?) where service_id = ? and address = ?",
                reverseDnsRequest.hostname(),
                serviceState.id(),
                reverseDnsRequest.address());
    }

    private ServiceState held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return serviceLifecycle.lock(claimedWorkItem.subject());
    }
}
