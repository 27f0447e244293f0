package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ServerResize;
import io.tenantry.cloud.provisioning.OperationTransactions.OperationRequest;
import io.tenantry.cloud.provisioning.OperationTransactions.OperationStatus;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Resizes a server to the requested plan, and then changes the plan of its service: the price changes in the transaction that records that the
 * provider has done it. A server that has the size already is left alone; a request for the same size is idempotent.
 */
@ApplicationScoped
public class ResizeHandler implements WorkHandler {
    /** The kind of its work items; the key is the operation. */
    public static final String KIND = "resize";

    /** Allows for disks being moved between hosts. */
    static final Duration PATIENCE = Duration.ofHours(3);

    /** Time after a lost response before the request is repeated. */
    static final Duration UNTIL_AGAIN = Duration.ofMinutes(2);

    @Inject
    OperationTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public ResizeHandler() {}

    /** For use outside a container. */
    ResizeHandler(OperationTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return new ResizeAttempt(transactions, provisioningTargets).work(claimedWorkItem);
    }

    private static final class ResizeAttempt extends OperationHandler {
        private final OperationTransactions steps;

        ResizeAttempt(OperationTransactions steps, ProvisioningTargets provisioningTargets) {
            super(steps, provisioningTargets);
            this.steps = steps;
        }

        @Override
        WorkOutcome change(
                ClaimedWorkItem claimedWorkItem,
                OperationStatus operationStatus,
                ProvisioningTarget.TargetAccount targetAccount,
                ProviderServer providerServer) {
            var resize = (PendingOperation.Resize) operationStatus.wanted().orElseThrow();
            if (!(targetAccount.provider() instanceof ServerResize serverResize)) {
                return fail(claimedWorkItem, Reason.INVALID, "the provider does not support resizes");
            }
            if (operationStatus.asked().isPresent()) {
                return inspect(claimedWorkItem, resize, operationStatus.asked().get(), targetAccount, providerServer);
            }
            if (isMoving(providerServer)) {
                throw new ProviderFailure(
                        Reason.BUSY, "server " + providerServer.id() + " is " + providerServer.state());
            }
            return isSo(providerServer, resize)
                    ? done(claimedWorkItem, providerServer)
                    : ask(
                            claimedWorkItem,
                            targetAccount,
                            () -> serverResize.resize(providerServer.id(), resize.size()));
        }

        /** Checks the progress. The state of the server takes precedence over that of the task: some servers have grown and do not start. */
        private WorkOutcome inspect(
                ClaimedWorkItem claimedWorkItem,
                PendingOperation.Resize resize,
                OperationRequest operationRequest,
                ProvisioningTarget.TargetAccount targetAccount,
                ProviderServer providerServer) {
            var progress = operationRequest.task().map(targetAccount.provider()::progress);
            var stage = progress.isPresent() ? progress.get().stage() : Stage.DONE;
            var waited = progress.isPresent() ? operationRequest.sinceThen(resize) : resize.age();
            if (stage == Stage.RUNNING || isMoving(providerServer)) {
                return await(providerServer, waited, PATIENCE);
            }
            var isUntold = providerServer.size().isEmpty() && progress.isPresent() && stage == Stage.DONE;
            if (isSo(providerServer, resize) || isUntold) {
                return done(claimedWorkItem, providerServer);
            }
            if (progress.isPresent() && stage == Stage.FAILED) {
                return fail(
                        claimedWorkItem,
                        Reason.PROVIDER_ERROR,
                        targetAccount.mask().apply(progress.get().words()));
            }
            if (progress.isEmpty()
                    && operationRequest.age().compareTo(UNTIL_AGAIN) > 0
                    && targetAccount.provider() instanceof ServerResize serverResize
                    && resize.age().compareTo(PATIENCE) <= 0) {
                return ask(
                        claimedWorkItem, targetAccount, () -> serverResize.resize(providerServer.id(), resize.size()));
            }
            return await(providerServer, waited, PATIENCE);
        }

        private WorkOutcome done(ClaimedWorkItem claimedWorkItem, ProviderServer providerServer) {
            steps.resized(claimedWorkItem, providerServer.state());
            return WorkOutcome.done();
        }

        private static boolean isSo(ProviderServer providerServer, PendingOperation.Resize resize) {
            return providerServer.size().equals(resize.size());
        }
    }
}
