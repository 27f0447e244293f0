package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItems;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deletes the server of a service that has ended or was never up, and all other servers with its resource tag, until the provider has reported twice,
 * some time apart, that there is none.
 */
@ApplicationScoped
public class DeleteServerHandler implements WorkHandler {
    /** The kind of its work items; the key is the service. */
    public static final String KIND = "delete";

    /** A server that still exists by then is parked for staff. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    DeleteServerTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public DeleteServerHandler() {}

    /** For use outside a container. */
    public DeleteServerHandler(DeleteServerTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
    }

    /** Whether parked work can be given up: the deletion of a server can only be retried. */
    public static boolean mayBeGivenUp(WorkItems.Parked item) {
        return !item.kind().equals(KIND);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var serviceState = transactions.read(claimedWorkItem.subject());
        if (serviceState.state() != Service.State.TERMINATING && serviceState.state() != Service.State.FAILED) {
            return WorkOutcome.done();
        }
        Optional<ProvisioningTarget.TargetAccount> home;
        try {
            home = provisioningTargets.open(serviceState.place().account());
        } catch (ProviderFailure shut) {
            return WorkOutcome.failed(ProvisioningTarget.TargetAccount.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            return WorkOutcome.failed(
                    "unknown provider account " + serviceState.place().account());
        }
        try {
            return remove(claimedWorkItem, serviceState, home.get().provider());
        } catch (ProviderFailure failure) {
            return new WorkOutcome.Failed(home.get().words(failure), failure.comeAgainIn());
        }
    }

    private WorkOutcome remove(
            ClaimedWorkItem claimedWorkItem, ServiceState serviceState, ProviderClient providerClient) {
        var there = there(serviceState, providerClient);
        if (there.isEmpty()) {
            return transactions.missed(claimedWorkItem)
                    ? WorkOutcome.done()
                    : WorkOutcome.later(ProviderCalls.GRACE.plusSeconds(1));
        }
        var age = transactions.announce(claimedWorkItem);
        if (age.compareTo(PATIENCE) > 0) {
            return WorkOutcome.unclear("still there after " + age + ": " + String.join(", ", there));
        }
        for (var id : there) {
            providerClient.delete(id);
        }
        return WorkOutcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    /** Returns the provider's IDs of all existing servers of the service, including those being deleted. */
    private static Set<String> there(ServiceState serviceState, ProviderClient providerClient) {
        var ids = new TreeSet<String>();
        var resourceTag = new ResourceTag(serviceState.id());
        serviceState
                .upstreamId()
                .flatMap(providerClient::server)
                .filter(providerServer -> providerServer.mayBe(resourceTag))
                .map(ProviderServer::id)
                .ifPresent(ids::add);
        for (var providerServer : providerClient.marked(resourceTag)) {
            ids.add(providerServer.id());
        }
        return ids;
    }
}
