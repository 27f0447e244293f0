package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ReverseDns;
import io.tenantry.cloud.provisioning.ReverseDnsTransactions.Next;
import io.tenantry.cloud.provisioning.ReverseDnsTransactions.ReverseDnsRequest;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Sets the requested reverse DNS names of addresses at the provider, one after the other. The operation is idempotent. */
@ApplicationScoped
public class ReverseDnsHandler implements WorkHandler {
    /** The kind of its work items; each request has its own key. */
    public static final String KIND = "reverse-dns";

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(5);

    @Inject
    ReverseDnsTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public ReverseDnsHandler() {}

    /** For use outside a container. */
    ReverseDnsHandler(ReverseDnsTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var serviceState = transactions.read(claimedWorkItem);
        if (serviceState.state() != Service.State.ACTIVE && serviceState.state() != Service.State.SUSPENDED) {
            transactions.drop(claimedWorkItem, Reason.NOT_FOUND);
            return WorkOutcome.done();
        }
        Optional<ProvisioningTarget.TargetAccount> home;
        try {
            home = provisioningTargets.open(serviceState.place().account());
        } catch (ProviderFailure shut) {
            return failed(
                    claimedWorkItem, shut, ProvisioningTarget.TargetAccount.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty() || !(home.get().provider() instanceof ReverseDns names)) {
            transactions.drop(claimedWorkItem, Reason.INVALID);
            return WorkOutcome.done();
        }
        var resourceTag = new ResourceTag(claimedWorkItem.subject());
        Optional<ProviderServer> server;
        try {
            server = serviceState
                    .upstreamId()
                    .flatMap(home.get().provider()::server)
                    .filter(one -> one.mayBe(resourceTag));
        } catch (ProviderFailure failure) {
            return failed(claimedWorkItem, failure, home.get().words(failure));
        }
        if (server.isEmpty()) {
            transactions.drop(claimedWorkItem, Reason.NOT_FOUND);
            return WorkOutcome.done();
        }
        var next = transactions.announce(claimedWorkItem, server.get().addresses());
        if (next instanceof Next.Ask ask) {
            return name(claimedWorkItem, names, server.get(), ask.naming(), home.get());
        }
        return next instanceof Next.Wait ? WorkOutcome.later(SOON) : WorkOutcome.done();
    }

    private WorkOutcome name(
            ClaimedWorkItem claimedWorkItem,
            ReverseDns names,
            ProviderServer providerServer,
            ReverseDnsRequest reverseDnsRequest,
            ProvisioningTarget.TargetAccount targetAccount) {
        if (!providerServer.addresses().contains(reverseDnsRequest.address())) {
            transactions.refused(
                    claimedWorkItem,
                    reverseDnsRequest,
                    Reason.NOT_FOUND,
                    "server " + providerServer.id() + " has no such address");
            return WorkOutcome.later(Duration.ZERO);
        }
        try {
            names.name(providerServer.id(), reverseDnsRequest.address(), reverseDnsRequest.hostname());
        } catch (ProviderFailure failure) {
            var words = targetAccount.words(failure);
            var mayHelp = failure.isPassing() || failure.maybeDone();
            if (mayHelp && claimedWorkItem.attempt() < ATTEMPTS_MAX) {
                transactions.unsure(claimedWorkItem, words);
                return new WorkOutcome.Failed(words, failure.comeAgainIn());
            }
            transactions.refused(claimedWorkItem, reverseDnsRequest, failure.reason(), words);
            return WorkOutcome.later(Duration.ZERO);
        }
        transactions.named(claimedWorkItem, reverseDnsRequest);
        return WorkOutcome.later(Duration.ZERO);
    }

    /** No name was requested from the provider; names that cannot be set are given up, since they can be requested again. */
    private WorkOutcome failed(ClaimedWorkItem claimedWorkItem, ProviderFailure failure, String words) {
        if ((failure.isPassing() || failure.maybeDone()) && claimedWorkItem.attempt() < ATTEMPTS_MAX) {
            return new WorkOutcome.Failed(words, failure.comeAgainIn());
        }
        transactions.drop(claimedWorkItem, failure.reason());
        return WorkOutcome.done();
    }
}
