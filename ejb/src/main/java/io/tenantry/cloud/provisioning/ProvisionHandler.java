package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.consolekeys.ConsoleKeys;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provisioning.ProvisionTransactions.CallDecision;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates the server of an ordered service and waits until it runs, following the table of ADR 11 line by line. It may crash anywhere and be
 * repeated by any node: it always looks first, and sends a request only after that was recorded.
 */
@ApplicationScoped
public class ProvisionHandler implements WorkHandler {
    /** The kind of its work items; the key is the service. */
    public static final String KIND = "provision";

    /** A server that takes longer to start is parked for staff. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final int ATTEMPTS_MAX = 10;

    /** Sold-out capacity may be available again in a minute, but users do not wait long for it. */
    private static final int ATTEMPTS_SOLD_OUT = 3;

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofSeconds(20);

    @Inject
    ProvisionTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** Returns the keys that can log in to a server from the start. */
    private Function<UUID, List<String>> keys = serviceId -> List.of();

    /** For the container. */
    public ProvisionHandler() {}

    @Inject
    void find(ConsoleKeys found) {
        keys = serviceId -> found.publicKey(serviceId).stream().toList();
    }

    /** For use outside a container. */
    public ProvisionHandler(ProvisionTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var serviceState = transactions.read(claimedWorkItem.subject());
        if (!serviceState.isOnItsWay()) {
            return WorkOutcome.done();
        }
        ProvisioningTarget.TargetAccount targetAccount;
        try {
            targetAccount = home(serviceState);
        } catch (ProviderFailure shut) {
            return failed(
                    claimedWorkItem,
                    shut.reason(),
                    ProvisioningTarget.TargetAccount.words(String.valueOf(shut.getMessage())),
                    shut.comeAgainIn());
        }
        try {
            return serviceState.upstreamId().isPresent()
                    ? await(
                            claimedWorkItem,
                            targetAccount.provider(),
                            serviceState.upstreamId().get())
                    : inspect(claimedWorkItem, serviceState, targetAccount);
        } catch (ProviderFailure failure) {
            // Only queries end here: failures of a creation are handled where it is requested.
            return failed(claimedWorkItem, failure, targetAccount);
        }
    }

    private ProvisioningTarget.TargetAccount home(ServiceState serviceState) {
        var account = serviceState.place().account();
        var home = serviceState.upstreamId().isPresent()
                ? provisioningTargets.open(account)
                : provisioningTargets.open(account, transactions.owner(serviceState));
        return home.orElseThrow(() -> new ProviderFailure(Reason.CREDENTIALS, "unknown provider account " + account));
    }

    private WorkOutcome inspect(
            ClaimedWorkItem claimedWorkItem,
            ServiceState serviceState,
            ProvisioningTarget.TargetAccount targetAccount) {
        var there = targetAccount.provider().marked(new ResourceTag(serviceState.id()));
        if (there.size() > 1) {
            return doubt(
                    claimedWorkItem,
                    "servers with the mark of one service: "
                            + there.stream().map(ProviderServer::id).collect(Collectors.joining(", ")));
        }
        var isReserved = !there.isEmpty() && there.get(0).state() == ProviderServer.State.RESERVED;
        if (!there.isEmpty() && !isReserved) {
            transactions.note(claimedWorkItem, there.get(0));
            return WorkOutcome.later(SOON);
        }
        var callDecision = transactions.announce(claimedWorkItem, isReserved);
        if (callDecision instanceof CallDecision.Wait wait) {
            return WorkOutcome.later(wait.pause());
        }
        if (callDecision instanceof CallDecision.Enough enough) {
            return doubt(claimedWorkItem, "asked " + enough.attempts() + " times, and no server is there");
        }
        return create(claimedWorkItem, serviceState, targetAccount);
    }

    private WorkOutcome create(
            ClaimedWorkItem claimedWorkItem,
            ServiceState serviceState,
            ProvisioningTarget.TargetAccount targetAccount) {
        var placement = serviceState.place();
        var launchPayload = transactions.handed(serviceState.id());
        var serverSpec = new ServerSpec(
                new ResourceTag(serviceState.id()),
                serviceState.name(),
                placement.region(),
                placement.size(),
                placement.image(),
                keys(serviceState, launchPayload),
                launchPayload.script(),
                targetAccount.options());
        ProviderServer providerServer;
        try {
            providerServer = targetAccount.provider().create(serverSpec);
        } catch (ProviderFailure failure) {
            return notMade(claimedWorkItem, failure, targetAccount);
        }
        transactions.note(claimedWorkItem, providerServer);
        return WorkOutcome.later(SOON);
    }

    /** Returns all keys that may log in to the server as root. */
    List<String> keys(ServiceState serviceState, LaunchConfigs.LaunchPayload launchPayload) {
        return Stream.concat(launchPayload.keys().stream(), keys.apply(serviceState.id()).stream())
                .toList();
    }

    /** Decides by the failure whether to look first, retry or give up. */
    private WorkOutcome notMade(
            ClaimedWorkItem claimedWorkItem, ProviderFailure failure, ProvisioningTarget.TargetAccount targetAccount) {
        var words = targetAccount.words(failure);
        if (failure.maybeDone()) {
            transactions.unsure(claimedWorkItem, words);
            return failed(claimedWorkItem, failure, targetAccount);
        }
        var most = failure.reason() == Reason.NO_CAPACITY ? ATTEMPTS_SOLD_OUT : ATTEMPTS_MAX;
        if (failure.isPassing() && claimedWorkItem.attempt() < most) {
            transactions.refused(claimedWorkItem, words);
            return new WorkOutcome.Failed(words, failure.comeAgainIn());
        }
        transactions.fail(claimedWorkItem, failure.reason(), words);
        return WorkOutcome.done();
    }

    private WorkOutcome await(ClaimedWorkItem claimedWorkItem, ProviderClient providerClient, String upstreamId) {
        var resourceTag = new ResourceTag(claimedWorkItem.subject());
        var server = providerClient.server(upstreamId).filter(one -> one.mayBe(resourceTag));
        if (server.isPresent() && server.get().state() == ProviderServer.State.FAILED) {
            transactions.fail(
                    claimedWorkItem, Reason.PROVIDER_ERROR, "the provider could not create server " + upstreamId);
            return WorkOutcome.done();
        }
        if (server.filter(ProvisionHandler::isUp).isPresent()) {
            transactions.reached(claimedWorkItem, server.get().addresses());
            transactions.activate(claimedWorkItem, server.get().addresses().get(0));
            return WorkOutcome.done();
        }
        var age = transactions.age(claimedWorkItem.subject());
        if (age.compareTo(PATIENCE) > 0) {
            return doubt(
                    claimedWorkItem,
                    "server " + upstreamId + " is "
                            + server.map(one -> one.state().name()).orElse("not there") + " since " + age);
        }
        return WorkOutcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    private static boolean isUp(ProviderServer providerServer) {
        return providerServer.state() == ProviderServer.State.RUNNING
                && !providerServer.addresses().isEmpty();
    }

    /** Retries, except after the last attempt: then the order has failed, or is parked for staff. */
    private WorkOutcome failed(
            ClaimedWorkItem claimedWorkItem, ProviderFailure failure, ProvisioningTarget.TargetAccount targetAccount) {
        return failed(claimedWorkItem, failure.reason(), targetAccount.words(failure), failure.comeAgainIn());
    }

    private WorkOutcome failed(
            ClaimedWorkItem claimedWorkItem, Reason reason, String words, Optional<Duration> comeAgainIn) {
        if (claimedWorkItem.attempt() < ATTEMPTS_MAX) {
            return new WorkOutcome.Failed(words, comeAgainIn);
        }
        return transactions.giveUp(claimedWorkItem, reason, words) ? WorkOutcome.done() : WorkOutcome.unclear(words);
    }

    private WorkOutcome doubt(ClaimedWorkItem claimedWorkItem, String seen) {
        transactions.doubt(claimedWorkItem);
        return WorkOutcome.unclear(seen);
    }
}
