package io.tenantry.cloud.addon;

import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;

/** Restores a server from a backup or a snapshot. The request is never repeated, since that would lose data written since the first one. */
@ApplicationScoped
public class RestoreHandler {
    /** Time after a lost response when the result is declared unknown. */
    static final Duration UNTIL_UNSURE = Duration.ofMinutes(1);

    @Inject
    AddonHandlerSupport options;

    @Inject
    AddonTransactions transactions;

    @Inject
    RestoreTransactions own;

    /** For the container. */
    public RestoreHandler() {}

    /** For use outside a container. */
    RestoreHandler(AddonHandlerSupport options, AddonTransactions transactions, RestoreTransactions own) {
        this.options = options;
        this.transactions = transactions;
        this.own = own;
    }

    /**
     * Requests the restore from the provider, or queries its progress.
     *
     * @param waitMax maximum duration; afterwards the result is unknown
     * @param later delay between attempts after the first minutes
     */
    WorkOutcome restore(
            HandlerContext<?> handlerContext, Supplier<ProviderTask> question, Duration waitMax, Duration later) {
        if (!handlerContext.option().isServerActive()) {
            own.giveUp(handlerContext.claimedWorkItem(), Reason.NOT_FOUND);
            return WorkOutcome.done();
        }
        if (handlerContext.option().asked().isPresent()) {
            return await(handlerContext, handlerContext.option().asked().get(), waitMax, later);
        }
        handlerContext.requireOwn();
        transactions.announce(handlerContext.claimedWorkItem());
        transactions.taken(handlerContext.claimedWorkItem(), options.ask(handlerContext, question));
        return WorkOutcome.later(HandlerContext.SOON);
    }

    private WorkOutcome await(
            HandlerContext<?> handlerContext, Addon.AddonRequest addonRequest, Duration waitMax, Duration later) {
        var progress = handlerContext.progress();
        if (progress.isEmpty()) {
            if (addonRequest.age().compareTo(UNTIL_UNSURE) <= 0) {
                return WorkOutcome.later(UNTIL_UNSURE.minus(addonRequest.age()).plusSeconds(1));
            }
            own.restored(handlerContext.claimedWorkItem(), false);
            return WorkOutcome.done();
        }
        var stage = progress.get().stage();
        if (stage == Stage.FAILED) {
            own.giveUp(handlerContext.claimedWorkItem(), Reason.PROVIDER_ERROR);
            return WorkOutcome.done();
        }
        if (stage == Stage.DONE || handlerContext.isOverdue(waitMax)) {
            own.restored(handlerContext.claimedWorkItem(), stage == Stage.DONE);
            return WorkOutcome.done();
        }
        return WorkOutcome.later(handlerContext.pause(later));
    }

    /** Gives up without a retry: after the request, the state of the server is unknown. */
    WorkOutcome giveUp(HandlerContext<?> handlerContext, ProviderFailure failure) {
        if (failure.maybeDone() || handlerContext.option().asked().isPresent()) {
            own.restored(handlerContext.claimedWorkItem(), false);
        } else {
            own.giveUp(handlerContext.claimedWorkItem(), failure.reason());
        }
        return WorkOutcome.done();
    }
}
