package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.RescueMode;
import io.tenantry.cloud.provisioning.OperationTransactions.OperationRequest;
import io.tenantry.cloud.provisioning.OperationTransactions.OperationStatus;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One attempt to switch a server to its rescue system, or back. If the provider reports which system a server runs, that takes precedence over
 * the result of its task, and a server that runs the requested system already is not restarted. After a lost response, the request is repeated
 * after a while: the server is not used until the switch is reported as done. If the repetition fails, the result of the first request is
 * unknown unless the provider reports it: the work is then parked for staff.
 */
final class RescueTransition extends OperationHandler {
    /** A switch that takes longer is parked for staff. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    /** Time after a lost response before the request is repeated. */
    static final Duration UNTIL_AGAIN = Duration.ofMinutes(2);

    private final OperationTransactions transactions;
    private final ProvisionHandler provisionHandler;

    RescueTransition(
            OperationTransactions transactions,
            ProvisioningTargets provisioningTargets,
            ProvisionHandler provisionHandler) {
        super(transactions, provisioningTargets);
        this.transactions = transactions;
        this.provisionHandler = provisionHandler;
    }

    @Override
    WorkOutcome change(
            ClaimedWorkItem claimedWorkItem,
            OperationStatus operationStatus,
            ProvisioningTarget.TargetAccount targetAccount,
            ProviderServer providerServer) {
        var wanted = (PendingOperation.Rescue) operationStatus.wanted().orElseThrow();
        if (!(targetAccount.provider() instanceof RescueMode rescueMode)) {
            return fail(claimedWorkItem, Reason.INVALID, "the provider does not support rescue systems");
        }
        Supplier<ProviderTask> question = () -> wanted.isRescue()
                ? rescueMode.rescue(
                        providerServer.id(),
                        provisionHandler.keys(operationStatus.serviceState(), wanted.launchPayload()))
                : rescueMode.leaveRescue(providerServer.id());
        if (operationStatus.asked().isPresent()) {
            return inspect(
                    claimedWorkItem, wanted, operationStatus.asked().get(), targetAccount, providerServer, question);
        }
        if (isMoving(providerServer)) {
            throw new ProviderFailure(Reason.BUSY, "server " + providerServer.id() + " is " + providerServer.state());
        }
        return isSo(rescueMode, providerServer, wanted)
                ? done(claimedWorkItem)
                : ask(claimedWorkItem, targetAccount, question);
    }

    /** Checks the progress. */
    private WorkOutcome inspect(
            ClaimedWorkItem claimedWorkItem,
            PendingOperation.Rescue wanted,
            OperationRequest operationRequest,
            ProvisioningTarget.TargetAccount targetAccount,
            ProviderServer providerServer,
            Supplier<ProviderTask> question) {
        var rescueMode = (RescueMode) targetAccount.provider();
        var progress = operationRequest.task().map(targetAccount.provider()::progress);
        if (progress.isEmpty()) {
            var isOver = operationRequest.age().compareTo(UNTIL_AGAIN) > 0 && !isMoving(providerServer);
            if (isSo(rescueMode, providerServer, wanted)) {
                return done(claimedWorkItem);
            }
            return isOver && wanted.age().compareTo(PATIENCE) <= 0
                    ? ask(claimedWorkItem, targetAccount, question)
                    : await(providerServer, wanted.age(), PATIENCE);
        }
        var stage = progress.get().stage();
        if (stage == Stage.FAILED && isSo(rescueMode, providerServer, wanted)) {
            return done(claimedWorkItem);
        }
        if (stage == Stage.FAILED) {
            var words = targetAccount.mask().apply(progress.get().words());
            if (rescueMode.isRescued(providerServer.id()).isEmpty() && mayBeDone(claimedWorkItem)) {
                transactions.refused(claimedWorkItem, words);
                return WorkOutcome.unclear(words);
            }
            return fail(claimedWorkItem, Reason.PROVIDER_ERROR, words);
        }
        if (stage == Stage.DONE && providerServer.state() == ProviderServer.State.RUNNING) {
            var isThere = rescueMode.isRescued(providerServer.id()).orElse(wanted.isRescue()) == wanted.isRescue();
            return isThere
                    ? done(claimedWorkItem)
                    : fail(
                            claimedWorkItem,
                            Reason.PROVIDER_ERROR,
                            "server " + providerServer.id() + " runs the other system");
        }
        return await(providerServer, operationRequest.sinceThen(wanted), PATIENCE);
    }

    @Override
    boolean mayBeDone(ClaimedWorkItem claimedWorkItem) {
        return transactions.isLost(claimedWorkItem);
    }

    private WorkOutcome done(ClaimedWorkItem claimedWorkItem) {
        transactions.turnedOver(claimedWorkItem);
        return WorkOutcome.done();
    }

    /** Whether the provider reports that the requested system runs. */
    private static boolean isSo(RescueMode rescueMode, ProviderServer providerServer, PendingOperation.Rescue wanted) {
        return providerServer.state() == ProviderServer.State.RUNNING
                && rescueMode.isRescued(providerServer.id()).equals(Optional.of(wanted.isRescue()));
    }
}
