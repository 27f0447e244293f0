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
 * Has a server begin anew. Nobody can see whether it has already; so where the answer was lost, it is asked for again only when the first
 * question cannot come to anything any more, later than any vendor's delay: else it might empty a server that is in use again. Until it is
 * told that it is done nobody uses it, so to begin twice does no harm.
 */
@ApplicationScoped
public class RebuildHandler implements WorkHandler {
    /** Its kind of work; the key is the wish. */
    public static final String KIND = "rebuild";

    /** What takes longer is looked at by a person. */
    static final Duration PATIENCE = Duration.ofHours(1);

    @Inject
    OperationTransactions steps;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** Knows all that may enter a server. */
    @Inject
    ProvisionHandler provisionHandler;

    /** For the container. */
    public RebuildHandler() {}

    /** For use outside a container. */
    RebuildHandler(
            OperationTransactions steps, ProvisioningTargets provisioningTargets, ProvisionHandler provisionHandler) {
        this.steps = steps;
        this.provisioningTargets = provisioningTargets;
        this.provisionHandler = provisionHandler;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return new Turn(steps, provisioningTargets, provisionHandler).work(claimedWorkItem);
    }

    private static final class Turn extends OperationHandler {
        private final OperationTransactions steps;
        private final ProvisionHandler provisionHandler;

        Turn(OperationTransactions steps, ProvisioningTargets provisioningTargets, ProvisionHandler provisionHandler) {
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
                return fail(claimedWorkItem, Reason.INVALID, "the vendor makes no server anew");
            }
            Supplier<ProviderTask> question = () -> serverRebuild.rebuild(
                    providerServer.id(), wish(operationStatus.serviceState(), wanted, targetAccount));
            if (operationStatus.asked().isPresent()) {
                return look(
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

        /** How far it is. */
        private WorkOutcome look(
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
                        Reason.VENDOR,
                        targetAccount.mask().apply(progress.get().words()));
            }
            if (stage == Stage.DONE && providerServer.state() == ProviderServer.State.FAILED) {
                return fail(claimedWorkItem, Reason.VENDOR, "server " + providerServer.id() + " does not come up");
            }
            if (stage == Stage.DONE && providerServer.state() == ProviderServer.State.RUNNING) {
                steps.rebuilt(claimedWorkItem);
                return WorkOutcome.done();
            }
            return await(providerServer, operationRequest.sinceThen(wanted), PATIENCE);
        }

        private ServerSpec wish(
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
