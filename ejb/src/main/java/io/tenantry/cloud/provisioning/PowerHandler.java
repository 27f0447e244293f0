package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provisioning.PowerTransactions.PowerRequest;
import io.tenantry.cloud.provisioning.PowerTransactions.PowerStatus;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Changes the power state of a server as requested. It looks first: a server that has the state already is left alone. A start or stop is
 * requested again after a lost response, a restart is not, since it would be done twice. User requests fail soon, so that they can be repeated;
 * a suspended server is switched off in any case: the request is retried after growing pauses, and then parked for staff.
 */
@ApplicationScoped
public class PowerHandler implements WorkHandler {
    /** The kind of its work items; each request has its own key. */
    public static final String KIND = "power";

    /** A system that has not shut down by then is switched off. */
    static final Duration UNTIL_OFF = Duration.ofMinutes(2);

    /** A request that takes longer has failed. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Time after a lost response before the request is repeated or taken as done. */
    static final Duration UNTIL_AGAIN = Duration.ofSeconds(30);

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration MEANWHILE = Duration.ofSeconds(20);

    @Inject
    PowerTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public PowerHandler() {}

    /** For use outside a container. */
    public PowerHandler(PowerTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var powerStatus = transactions.read(claimedWorkItem);
        if (powerStatus.wanted().isEmpty()) {
            return WorkOutcome.done();
        }
        if (!powerStatus.isRunning()) {
            transactions.drop(claimedWorkItem);
            return WorkOutcome.done();
        }
        if (powerStatus.isOccupied()) {
            return WorkOutcome.later(MEANWHILE);
        }
        var account = powerStatus.serviceState().place().account();
        Optional<ProvisioningTarget.TargetAccount> home;
        try {
            home = provisioningTargets.open(account);
        } catch (ProviderFailure shut) {
            return failed(
                    claimedWorkItem,
                    powerStatus,
                    shut,
                    ProvisioningTarget.TargetAccount.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            return fail(claimedWorkItem, powerStatus, Reason.CREDENTIALS, "unknown provider account " + account);
        }
        try {
            return turn(claimedWorkItem, powerStatus, powerStatus.wanted().get(), home.get());
        } catch (ProviderFailure failure) {
            return failed(claimedWorkItem, powerStatus, failure, home.get().words(failure));
        }
    }

    private WorkOutcome turn(
            ClaimedWorkItem claimedWorkItem,
            PowerStatus powerStatus,
            PendingPowerAction wanted,
            ProvisioningTarget.TargetAccount targetAccount) {
        var id = powerStatus.serviceState().upstreamId().orElse("");
        var resourceTag = new ResourceTag(claimedWorkItem.subject());
        var server = targetAccount.provider().server(id).filter(one -> one.mayBe(resourceTag));
        if (server.isEmpty()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id);
        }
        var state = server.get().state();
        var asked = powerStatus.asked();
        if (asked.isPresent() && wanted.isBy(asked.get().power())) {
            return await(claimedWorkItem, powerStatus, asked.get(), wanted, targetAccount, server.get());
        }
        if (asked.isPresent() && mayBeUnderWay(asked.get(), targetAccount)) {
            return WorkOutcome.later(SOON);
        }
        if (asked.isPresent()) {
            transactions.settle(claimedWorkItem);
        }
        if (isSo(powerStatus, wanted, state)) {
            transactions.done(claimedWorkItem, true);
            return WorkOutcome.done();
        }
        if (isMoving(state)) {
            throw new ProviderFailure(Reason.BUSY, "server " + id + " is " + state);
        }
        return ask(claimedWorkItem, powerStatus, id, wanted.first(), targetAccount);
    }

    /** Whether the previous request may still take effect, so that the state seen now may be outdated in a moment. */
    private static boolean mayBeUnderWay(PowerRequest powerRequest, ProvisioningTarget.TargetAccount targetAccount) {
        return powerRequest.task().isPresent()
                ? powerRequest.age().compareTo(PATIENCE) < 0
                        && targetAccount
                                        .provider()
                                        .progress(powerRequest.task().get())
                                        .stage()
                                == Progress.Stage.RUNNING
                : powerRequest.age().compareTo(UNTIL_OFF) < 0;
    }

    /** A server suspended by its provider is off as well. */
    private static boolean isSo(PowerStatus powerStatus, PendingPowerAction wanted, ProviderServer.State state) {
        return wanted.isSo(state) || (powerStatus.isSuspended() && state == ProviderServer.State.SUSPENDED);
    }

    private WorkOutcome ask(
            ClaimedWorkItem claimedWorkItem,
            PowerStatus powerStatus,
            String id,
            PowerAction powerAction,
            ProvisioningTarget.TargetAccount targetAccount) {
        if (!transactions.announce(claimedWorkItem, powerAction)) {
            return WorkOutcome.done();
        }
        ProviderTask providerTask;
        try {
            providerTask = targetAccount.provider().power(id, powerAction);
        } catch (ProviderFailure failure) {
            var words = targetAccount.words(failure);
            if (failure.maybeDone()) {
                transactions.unsure(claimedWorkItem, words);
            } else {
                transactions.refused(claimedWorkItem, words);
            }
            return failed(claimedWorkItem, powerStatus, failure, words);
        }
        transactions.taken(claimedWorkItem, providerTask);
        return WorkOutcome.later(SOON);
    }

    private WorkOutcome await(
            ClaimedWorkItem claimedWorkItem,
            PowerStatus powerStatus,
            PowerRequest powerRequest,
            PendingPowerAction wanted,
            ProvisioningTarget.TargetAccount targetAccount,
            ProviderServer providerServer) {
        var progress = powerRequest.task().map(targetAccount.provider()::progress);
        var isOver =
                progress.filter(one -> one.stage() == Progress.Stage.RUNNING).isEmpty();
        var hasFailed =
                progress.filter(one -> one.stage() == Progress.Stage.FAILED).isPresent();
        if (hasFailed && powerStatus.isSuspended() && powerRequest.power() == PowerAction.SHUT_DOWN) {
            return ask(claimedWorkItem, powerStatus, providerServer.id(), PowerAction.OFF, targetAccount);
        }
        if (hasFailed) {
            return fail(
                    claimedWorkItem,
                    powerStatus,
                    Reason.PROVIDER_ERROR,
                    ProvisioningTarget.TargetAccount.words(
                            targetAccount.mask().apply(progress.get().words())));
        }
        if (isOver && isSo(powerStatus, wanted, providerServer.state())) {
            transactions.done(claimedWorkItem, true);
            return WorkOutcome.done();
        }
        if (isOver && isRestarted(wanted, providerServer, powerRequest)) {
            transactions.done(claimedWorkItem, powerRequest.task().isPresent());
            return WorkOutcome.done();
        }
        if (powerRequest.age().compareTo(PATIENCE) > 0) {
            var words =
                    "server " + providerServer.id() + " is " + providerServer.state() + " since " + powerRequest.age();
            return fail(claimedWorkItem, powerStatus, Reason.PROVIDER_ERROR, words);
        }
        if (powerRequest.power() == PowerAction.SHUT_DOWN && powerRequest.age().compareTo(UNTIL_OFF) > 0) {
            return ask(claimedWorkItem, powerStatus, providerServer.id(), PowerAction.OFF, targetAccount);
        }
        var isLost = powerRequest.task().isEmpty() && powerRequest.age().compareTo(UNTIL_AGAIN) > 0;
        if (isLost && wanted != PendingPowerAction.RESTART && !isMoving(providerServer.state())) {
            return ask(claimedWorkItem, powerStatus, providerServer.id(), powerRequest.power(), targetAccount);
        }
        return WorkOutcome.later(SOON);
    }

    /** After a lost response, a server that runs again after a while counts as restarted; whether it was down in between is unknown. */
    private static boolean isRestarted(
            PendingPowerAction wanted, ProviderServer providerServer, PowerRequest powerRequest) {
        return wanted == PendingPowerAction.RESTART
                && providerServer.state() == ProviderServer.State.RUNNING
                && (powerRequest.task().isPresent() || powerRequest.age().compareTo(UNTIL_AGAIN) > 0);
    }

    private static boolean isMoving(ProviderServer.State state) {
        return state == ProviderServer.State.BUSY || state == ProviderServer.State.BUILDING;
    }

    /** Retries only for a short time, since people are waiting; no user waits for a suspended server. */
    private WorkOutcome failed(
            ClaimedWorkItem claimedWorkItem, PowerStatus powerStatus, ProviderFailure failure, String words) {
        var mayHelp = failure.isPassing() || failure.maybeDone();
        if (mayHelp && (powerStatus.isSuspended() || claimedWorkItem.attempt() < ATTEMPTS_MAX)) {
            return new WorkOutcome.Failed(words, failure.comeAgainIn());
        }
        return fail(claimedWorkItem, powerStatus, failure.reason(), words);
    }

    /** The request fails. */
    private WorkOutcome fail(ClaimedWorkItem claimedWorkItem, PowerStatus powerStatus, Reason reason, String words) {
        if (powerStatus.isSuspended()) {
            return WorkOutcome.unclear(words);
        }
        transactions.fail(claimedWorkItem, reason, words);
        return WorkOutcome.done();
    }
}
