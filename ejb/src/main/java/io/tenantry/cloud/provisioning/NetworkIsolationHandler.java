package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provisioning.NetworkIsolationTransactions.IsolationRequest;
import io.tenantry.cloud.provisioning.NetworkIsolationTransactions.Situation;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Isolates a server from its network, or ends the isolation, as requested. Both are idempotent, so a request is repeated after a crash or a
 * lost response. It is done when the provider's state shows it. A server that the provider cannot isolate is switched off instead; other
 * failures are retried after growing pauses, and then parked for staff.
 */
@ApplicationScoped
public class NetworkIsolationHandler implements WorkHandler {
    /** The kind of its work items; each request has its own key. */
    public static final String KIND = "network";

    /** What is not observed by then is requested again. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** How long an opposite request with a lost response may still take effect. */
    static final Duration UNTIL_OVER = Duration.ofMinutes(2);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration MEANWHILE = Duration.ofSeconds(20);

    @Inject
    NetworkIsolationTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public NetworkIsolationHandler() {}

    /** For use outside a container. */
    NetworkIsolationHandler(NetworkIsolationTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var situation = transactions.read(claimedWorkItem);
        if (situation.wanted().isEmpty()) {
            return WorkOutcome.done();
        }
        if (!situation.isRunning()) {
            transactions.drop(claimedWorkItem);
            return WorkOutcome.done();
        }
        var wanted = situation.wanted().get();
        if (wanted == NetworkState.ISOLATED && situation.isChanging()) {
            return WorkOutcome.later(MEANWHILE);
        }
        var account = situation.serviceState().place().account();
        Optional<ProvisioningTarget.TargetAccount> home;
        try {
            home = provisioningTargets.open(account);
        } catch (ProviderFailure shut) {
            return failed(
                    claimedWorkItem,
                    wanted,
                    shut,
                    ProvisioningTarget.TargetAccount.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            return WorkOutcome.unclear("unknown provider account " + account);
        }
        try {
            return turn(claimedWorkItem, situation, wanted, home.get());
        } catch (ProviderFailure failure) {
            return failed(claimedWorkItem, wanted, failure, home.get().words(failure));
        }
    }

    private WorkOutcome turn(
            ClaimedWorkItem claimedWorkItem,
            Situation situation,
            NetworkState wanted,
            ProvisioningTarget.TargetAccount targetAccount) {
        if (!(targetAccount.provider() instanceof NetworkIsolation networkIsolation)) {
            throw new ProviderFailure(Reason.INVALID, "the provider does not support network isolation");
        }
        var id = situation.serviceState().upstreamId().orElse("");
        var resourceTag = new ResourceTag(claimedWorkItem.subject());
        if (targetAccount
                .provider()
                .server(id)
                .filter(one -> one.mayBe(resourceTag))
                .isEmpty()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id);
        }
        var asked = situation.asked();
        if (asked.filter(one -> one.what() == wanted && one.task().isPresent()).isPresent()) {
            return await(claimedWorkItem, wanted, asked.get(), targetAccount, networkIsolation.reach(id));
        }
        if (asked.filter(one -> one.what() != wanted && mayBeUnderWay(one, targetAccount))
                .isPresent()) {
            return WorkOutcome.later(SOON);
        }
        return ask(claimedWorkItem, wanted, id, targetAccount, networkIsolation);
    }

    private WorkOutcome ask(
            ClaimedWorkItem claimedWorkItem,
            NetworkState wanted,
            String id,
            ProvisioningTarget.TargetAccount targetAccount,
            NetworkIsolation networkIsolation) {
        if (!transactions.announce(claimedWorkItem, wanted)) {
            return WorkOutcome.done();
        }
        ProviderTask providerTask;
        try {
            providerTask =
                    wanted == NetworkState.ISOLATED ? networkIsolation.cutOff(id) : networkIsolation.reconnect(id);
        } catch (ProviderFailure failure) {
            var words = targetAccount.words(failure);
            if (failure.maybeDone()) {
                transactions.unsure(claimedWorkItem, words);
            } else {
                transactions.refused(claimedWorkItem, words);
            }
            return failed(claimedWorkItem, wanted, failure, words);
        }
        transactions.taken(claimedWorkItem, providerTask);
        return WorkOutcome.later(SOON);
    }

    private WorkOutcome await(
            ClaimedWorkItem claimedWorkItem,
            NetworkState wanted,
            IsolationRequest isolationRequest,
            ProvisioningTarget.TargetAccount targetAccount,
            NetworkIsolation.Reachability reachability) {
        var progress = progress(isolationRequest, targetAccount);
        if (progress.stage() == Progress.Stage.DONE && wanted.isSo(reachability)) {
            transactions.done(claimedWorkItem);
            return WorkOutcome.done();
        }
        if (progress.stage() == Progress.Stage.FAILED) {
            return again(
                    claimedWorkItem,
                    ProvisioningTarget.TargetAccount.words(targetAccount.mask().apply(progress.words())));
        }
        return isolationRequest.age().compareTo(PATIENCE) > 0
                ? again(claimedWorkItem, "its network is " + reachability + " since " + isolationRequest.age())
                : WorkOutcome.later(SOON);
    }

    /** The next attempt requests it again. */
    private WorkOutcome again(ClaimedWorkItem claimedWorkItem, String words) {
        transactions.refused(claimedWorkItem, words);
        return WorkOutcome.failed(words);
    }

    private static Progress progress(
            IsolationRequest isolationRequest, ProvisioningTarget.TargetAccount targetAccount) {
        return isolationRequest
                .task()
                .filter(providerTask -> !providerTask.equals(ProviderTask.NOTHING))
                .map(targetAccount.provider()::progress)
                .orElse(Progress.done());
    }

    /** Whether the previous request may still take effect, and revert the current one. */
    private static boolean mayBeUnderWay(
            IsolationRequest isolationRequest, ProvisioningTarget.TargetAccount targetAccount) {
        return isolationRequest.task().isPresent()
                ? isolationRequest.age().compareTo(PATIENCE) < 0
                        && progress(isolationRequest, targetAccount).stage() == Progress.Stage.RUNNING
                : isolationRequest.age().compareTo(UNTIL_OVER) < 0;
    }

    /** A server that cannot be isolated is switched off; restoring the network is retried, or parked for staff. */
    private WorkOutcome failed(
            ClaimedWorkItem claimedWorkItem, NetworkState wanted, ProviderFailure failure, String words) {
        if (wanted == NetworkState.ISOLATED && isForGood(failure.reason())) {
            transactions.fallBack(claimedWorkItem, words);
            return WorkOutcome.later(SOON);
        }
        return failure.isPassing() || failure.maybeDone()
                ? new WorkOutcome.Failed(words, failure.comeAgainIn())
                : WorkOutcome.unclear(words);
    }

    /** Whether the failure is permanent. */
    private static boolean isForGood(Reason reason) {
        return switch (reason) {
            case FORBIDDEN, INVALID, LIMIT -> true;
            case CREDENTIALS,
                    NOT_FOUND,
                    NO_CAPACITY,
                    BUSY,
                    RATE_LIMITED,
                    UNREACHABLE,
                    NO_RESPONSE,
                    PROVIDER_ERROR,
                    INVALID_RESPONSE -> false;
        };
    }
}
