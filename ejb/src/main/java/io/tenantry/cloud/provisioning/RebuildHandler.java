package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provisioning.OperationTransactions.OperationRequest;
import io.tenantry.cloud.provisioning.OperationTransactions.OperationStatus;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Rebuilds a server. Whether a rebuild has happened cannot be observed; after a lost response it is therefore requested again only when the
 * first request can no longer take effect, later than the delay of any provider: otherwise it might erase a server that is in use again. The
 * server is not used until the rebuild is reported as done, so rebuilding it twice does no harm.
 */
@ApplicationScoped
public class RebuildHandler implements WorkHandler {
    /** The kind of its work items; the key is the operation. */
    public static final String KIND = "rebuild";

    /** A rebuild that takes longer is parked for staff. */
    static final Duration PATIENCE = Duration.ofHours(1);

    @Inject
    OperationTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** Provides all keys that may access a server. */
    @Inject
    ProvisionHandler provisionHandler;

    /** For the container. */
    public RebuildHandler() {}

    /** For use outside a container. */
    RebuildHandler(
            OperationTransactions transactions,
            ProvisioningTargets provisioningTargets,
            ProvisionHandler provisionHandler) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
        this.provisionHandler = provisionHandler;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return new RebuildAttempt(transactions, provisioningTargets, provisionHandler).work(claimedWorkItem);
    }

    private static final class RebuildAttempt extends OperationHandler {
        private final OperationTransactions steps;
        private final ProvisionHandler provisionHandler;

        RebuildAttempt(
                OperationTransactions steps,
                ProvisioningTargets provisioningTargets,
                ProvisionHandler provisionHandler) {
            super(steps, provisioningTargets);
            this.steps = steps;
            this.provisionHandler = provisionHandler;
        }

        @Override
        WorkOutcome change(
                ClaimedWorkItem claimedWorkItem,
                OperationStatus operationStatus,
                ProvisioningTarget.TargetAccount targetAccount,
                ProviderServer providerServer) {
            var wanted = (PendingOperation.Rebuild) operationStatus.wanted().orElseThrow();
            if (!(targetAccount.provider() instanceof ServerRebuild serverRebuild)) {
                return fail(claimedWorkItem, Reason.INVALID, "the provider does not support rebuilds");
            }
            Supplier<ProviderTask> question = () -> serverRebuild.rebuild(
                    providerServer.id(), serverSpec(operationStatus.serviceState(), wanted, targetAccount));
            if (operationStatus.asked().isPresent()) {
                return inspect(
                        claimedWorkItem,
                        wanted,
                        operationStatus.asked().get(),
                        targetAccount,
                        providerServer,
                        question);
            }
            if (isMoving(providerServer)) {
                throw new ProviderFailure(
                        Reason.BUSY, "server " + providerServer.id() + " is " + providerServer.state());
            }
            return ask(claimedWorkItem, targetAccount, question);
        }

        /** Checks the progress. */
        private WorkOutcome inspect(
                ClaimedWorkItem claimedWorkItem,
                PendingOperation.Rebuild wanted,
                OperationRequest operationRequest,
                ProvisioningTarget.TargetAccount targetAccount,
                ProviderServer providerServer,
                Supplier<ProviderTask> question) {
            var progress = operationRequest.task().map(targetAccount.provider()::progress);
            if (progress.isEmpty()) {
                var isOver = operationRequest.age().compareTo(ProviderCalls.DELAY_MAX) > 0 && !isMoving(providerServer);
                return isOver && wanted.age().compareTo(PATIENCE) <= 0
                        ? ask(claimedWorkItem, targetAccount, question)
                        : await(providerServer, wanted.age(), PATIENCE);
            }
            var stage = progress.get().stage();
            if (stage == Stage.FAILED) {
                return fail(
                        claimedWorkItem,
                        Reason.PROVIDER_ERROR,
                        targetAccount.mask().apply(progress.get().words()));
            }
            if (stage == Stage.DONE && providerServer.state() == ProviderServer.State.FAILED) {
                return fail(
                        claimedWorkItem, Reason.PROVIDER_ERROR, "server " + providerServer.id() + " does not come up");
            }
            if (stage == Stage.DONE && providerServer.state() == ProviderServer.State.RUNNING) {
                steps.rebuilt(claimedWorkItem);
                return WorkOutcome.done();
            }
            return await(providerServer, operationRequest.sinceThen(wanted), PATIENCE);
        }

        private ServerSpec serverSpec(
                ServiceState serviceState,
                PendingOperation.Rebuild wanted,
                ProvisioningTarget.TargetAccount targetAccount) {
            var placement = serviceState.place();
            return new ServerSpec(
                    new ResourceTag(serviceState.id()),
                    serviceState.name(),
                    placement.region(),
                    placement.size(),
                    wanted.image(),
                    provisionHandler.keys(serviceState, wanted.launchPayload()),
                    wanted.launchPayload().script(),
                    targetAccount.options());
        }
    }
}
