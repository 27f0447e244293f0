package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provisioning.OperationTransactions.OperationStatus;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The common part of all operations on a server: the handler looks first, records the request, sends it, stores the provider's task, and is run
 * again until the task is done. As long as it is unknown whether the provider is performing the operation, it is not given up but parked for
 * staff. A server that has the ID by now but the resource tag of another service is not touched.
 */
abstract class OperationHandler {
    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofSeconds(20);

    private final OperationTransactions transactions;
    private final ProvisioningTargets provisioningTargets;

    OperationHandler(OperationTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
    }

    /** Performs one attempt, as {@link WorkHandler#work}. */
    final WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var operationStatus = transactions.read(claimedWorkItem);
        if (operationStatus.wanted().isEmpty()) {
            return WorkOutcome.done();
        }
        if (!operationStatus.isRunning()) {
            transactions.drop(claimedWorkItem);
            return WorkOutcome.done();
        }
        var account = operationStatus.serviceState().place().account();
        Optional<ProvisioningTarget.TargetAccount> home;
        try {
            home = provisioningTargets.open(account);
        } catch (ProviderFailure shut) {
            return failed(
                    claimedWorkItem,
                    operationStatus,
                    shut,
                    ProvisioningTarget.TargetAccount.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            var unknown = new ProviderFailure(Reason.CREDENTIALS, "unknown provider account " + account);
            return failed(claimedWorkItem, operationStatus, unknown, String.valueOf(unknown.getMessage()));
        }
        try {
            var id = operationStatus.serviceState().upstreamId().orElse("");
            var resourceTag = new ResourceTag(claimedWorkItem.subject());
            var providerServer = home.get()
                    .provider()
                    .server(id)
                    .filter(one -> one.mayBe(resourceTag))
                    .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id));
            return change(claimedWorkItem, operationStatus, home.get(), providerServer);
        } catch (ProviderFailure failure) {
            return failed(claimedWorkItem, operationStatus, failure, home.get().words(failure));
        }
    }

    /** Checks the server, and takes the next step. */
    abstract WorkOutcome change(
            ClaimedWorkItem claimedWorkItem,
            OperationStatus operationStatus,
            ProvisioningTarget.TargetAccount targetAccount,
            ProviderServer providerServer);

    /** Sends a request to the provider, unless the operation was dropped. */
    final WorkOutcome ask(
            ClaimedWorkItem claimedWorkItem,
            ProvisioningTarget.TargetAccount targetAccount,
            Supplier<ProviderTask> question) {
        if (!transactions.announce(claimedWorkItem)) {
            return WorkOutcome.done();
        }
        ProviderTask providerTask;
        try {
            providerTask = question.get();
        } catch (ProviderFailure failure) {
            var words = targetAccount.words(failure);
            if (failure.maybeDone()) {
                transactions.unsure(claimedWorkItem, words);
                return new WorkOutcome.Failed(words, failure.comeAgainIn());
            }
            transactions.refused(claimedWorkItem, words);
            return orFail(claimedWorkItem, failure, words);
        }
        transactions.taken(claimedWorkItem, providerTask);
        return WorkOutcome.later(SOON);
    }

    /** Whether a failed operation may have been done by an earlier request without a visible result; staff must check then. */
    boolean mayBeDone(ClaimedWorkItem claimedWorkItem) {
        return false;
    }

    /** Fails the operation, which certainly will not be done. */
    final WorkOutcome fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        transactions.fail(claimedWorkItem, reason, ProvisioningTarget.TargetAccount.words(words));
        return WorkOutcome.done();
    }

    /** Waits for the provider; an operation that takes longer is parked for staff. */
    final WorkOutcome await(ProviderServer providerServer, Duration age, Duration waitMax) {
        if (age.compareTo(waitMax) > 0) {
            return WorkOutcome.unclear("server " + providerServer.id() + " is " + providerServer.state()
                    + (providerServer.size().isEmpty() ? "" : " of size " + providerServer.size()) + ", asked for "
                    + age + " ago");
        }
        return WorkOutcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    static boolean isMoving(ProviderServer providerServer) {
        return providerServer.state() == ProviderServer.State.BUSY
                || providerServer.state() == ProviderServer.State.BUILDING;
    }

    /** Handles a failure. If a request may be in progress, its progress is queried repeatedly until the work is parked for staff. */
    private WorkOutcome failed(
            ClaimedWorkItem claimedWorkItem, OperationStatus operationStatus, ProviderFailure failure, String words) {
        return operationStatus.asked().isPresent()
                ? new WorkOutcome.Failed(words, failure.comeAgainIn())
                : orFail(claimedWorkItem, failure, words);
    }

    /** Retries only for a short time, since people are waiting. */
    private WorkOutcome orFail(ClaimedWorkItem claimedWorkItem, ProviderFailure failure, String words) {
        var mayHelp = failure.isPassing() || failure.maybeDone();
        if (mayHelp && claimedWorkItem.attempt() < ATTEMPTS_MAX) {
            return new WorkOutcome.Failed(words, failure.comeAgainIn());
        }
        return mayBeDone(claimedWorkItem) ? WorkOutcome.unclear(words) : fail(claimedWorkItem, failure.reason(), words);
    }
}
