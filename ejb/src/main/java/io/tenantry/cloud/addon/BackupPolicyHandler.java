package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.AddonRequest;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Changes the frequency of a server's backups. The provider is checked first, and asked again after a lost response, since the request is
 * idempotent. The new price applies only once the provider shows the new frequency.
 */
@ApplicationScoped
public class BackupPolicyHandler {
    /** A change that takes longer is parked for staff, since a price depends on it. */
    static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Time after a lost response before the request is repeated. */
    static final Duration UNTIL_AGAIN = Duration.ofSeconds(30);

    /** Number of requests with an unknown result after which the work is parked for staff. */
    private static final int LOST_MAX = 5;

    /** Marks that the provider accepted the request; the result is read from the server. */
    private static final ProviderTask TAKEN = new ProviderTask("policy");

    @Inject
    AddonHandlerSupport options;

    @Inject
    AddonTransactions transactions;

    @Inject
    BackupPolicyTransactions own;

    /** For the container. */
    public BackupPolicyHandler() {}

    /** For use outside a container. */
    BackupPolicyHandler(AddonHandlerSupport options, AddonTransactions transactions, BackupPolicyTransactions own) {
        this.options = options;
        this.transactions = transactions;
        this.own = own;
    }

    /** Checks the frequency and requests the change if needed. */
    WorkOutcome change(HandlerContext<Backups> handlerContext) {
        if (!handlerContext.option().isServerActive()) {
            own.giveUp(handlerContext.claimedWorkItem(), Reason.NOT_FOUND);
            return WorkOutcome.done();
        }
        handlerContext.requireOwn();
        var wanted = handlerContext.option().wantedPolicy().orElseThrow();
        if (handlerContext.capability().policy(handlerContext.serverId()).equals(Optional.of(wanted))) {
            own.changed(handlerContext.claimedWorkItem());
            return WorkOutcome.done();
        }
        if (handlerContext.isOverdue(PATIENCE)) {
            return WorkOutcome.unclear("backups are not " + wanted.word() + " after " + PATIENCE);
        }
        return handlerContext.option().asked().filter(one -> !isLost(one)).isPresent()
                ? WorkOutcome.later(HandlerContext.SOON)
                : ask(handlerContext, wanted);
    }

    private static boolean isLost(AddonRequest addonRequest) {
        return addonRequest.task().isEmpty() && addonRequest.age().compareTo(UNTIL_AGAIN) > 0;
    }

    private WorkOutcome ask(HandlerContext<Backups> handlerContext, Policy wanted) {
        if (handlerContext.option().isServerBusy()) {
            return WorkOutcome.later(Addon.PAUSE);
        }
        if (handlerContext.option().lost() >= LOST_MAX) {
            return WorkOutcome.unclear("asked " + handlerContext.option().lost() + " times for " + wanted.word()
                    + " backups, and no answer came");
        }
        if (!own.announce(handlerContext.claimedWorkItem())) {
            return WorkOutcome.done();
        }
        var unused = options.ask(handlerContext, () -> {
            handlerContext.capability().backUp(handlerContext.serverId(), wanted);
            return wanted;
        });
        transactions.taken(handlerContext.claimedWorkItem(), TAKEN);
        return WorkOutcome.later(HandlerContext.SOON);
    }

    /** Keeps the old frequency if that is certain; otherwise parks the work for staff. */
    WorkOutcome giveUp(HandlerContext<Backups> handlerContext, ProviderFailure failure) {
        if (AddonHandlerSupport.mayHelp(failure) || handlerContext.option().isMaybeThere()) {
            return WorkOutcome.unclear(handlerContext.home().words(failure));
        }
        own.giveUp(handlerContext.claimedWorkItem(), failure.reason());
        return WorkOutcome.done();
    }
}
