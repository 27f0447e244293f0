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

/** What is written down while addresses are named; as {@link ProvisionTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ReverseDnsTransactions {
    /** Longer than a vendor is waited for: whoever asked before that has died over it. */
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

    /** A name that an address is to have; empty for the vendor's own. */
    public record Naming(String address, String hostname) {}

    /** What comes next. */
    public sealed interface Next {
        /** It is written down that this will be asked for. */
        record Ask(Naming naming) implements Next {}

        /** Somebody else may be asking at this moment: of two names the one that was wanted last has to be the last that is given. */
        record Wait() implements Next {}

        /** Nothing is wanted any more. */
        record Nothing() implements Next {}
    }

    /** How the service stands. */
    public ServiceState read(ClaimedWorkItem claimedWorkItem) {
        return serviceLifecycle.read(claimedWorkItem.subject());
    }

    /** What is to be named next, with the addresses that the server has: one that it has not is not named. */
    public Next announce(ClaimedWorkItem claimedWorkItem, List<String> addresses) {
        var serviceState = held(claimedWorkItem);
        serviceLifecycle.reach(serviceState, addresses);
        var latest = providerCalls.latest(serviceState.id(), Step.NAME);
        if (latest.filter(call -> call.isOpen() && call.age().compareTo(ASKING_MAX) <= 0)
                .isPresent()) {
            return new Next.Wait();
        }
        var next = next(serviceState);
        providerCalls.end(serviceState.id(), Step.NAME, Result.NOTHING, "");
        if (next.isEmpty()) {
            return new Next.Nothing();
        }
        providerCalls.announce(
                serviceState.id(),
                Step.NAME,
                latest.map(ProviderCalls.Call::attempt).orElse(0) + 1);
        return new Next.Ask(next.get());
    }

    /** The vendor has named it. Who wanted another name meanwhile has work of their own. */
    public void named(ClaimedWorkItem claimedWorkItem, Naming naming) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NAME, Result.DONE, "");
        sql.update("""
                update service_address
                   set hostname = ?, wanted = nullif(wanted, ?)
                 where service_id = ? and address = ?
                """, naming.hostname(), naming.hostname(), serviceState.id(), naming.address());
        serviceLifecycle.tell(serviceState, "address_named", "address", naming.address());
    }

    /** The vendor has not, or nobody can tell; it is asked for again. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NAME, Result.NOTHING, words);
    }

    /** It will not have that name. */
    public void refused(ClaimedWorkItem claimedWorkItem, Naming naming, Reason reason, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NAME, Result.REFUSED, words);
        forget(serviceState, naming);
        serviceLifecycle.tell(serviceState, "address_failed", "reason", OperationTransactions.word(reason));
    }

    /** Nobody wants any name any more, or nobody can be asked for one. */
    public void drop(ClaimedWorkItem claimedWorkItem, Reason reason) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.NAME, Result.NOTHING, "");
        if (sql.update(
                        "update service_address set wanted = null where service_id = ? and wanted is not null",
                        serviceState.id())
                > 0) {
            serviceLifecycle.tell(serviceState, "address_failed", "reason", OperationTransactions.word(reason));
        }
    }

    private Optional<Naming> next(ServiceState serviceState) {
        return sql.first("""
                select address, wanted from service_address
                 where service_id = ? and wanted is not null
                 order by position, address
                 limit 1
                """, row -> new Naming(row.text("address"), row.text("wanted")), serviceState.id());
    }

    private void forget(ServiceState serviceState, Naming naming) {
        sql.update(
                "update service_address set wanted = nullif(wanted, ?) where service_id = ? and address = ?",
                naming.hostname(),
                serviceState.id(),
                naming.address());
    }

    private ServiceState held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return serviceLifecycle.lock(claimedWorkItem.subject());
    }
}
