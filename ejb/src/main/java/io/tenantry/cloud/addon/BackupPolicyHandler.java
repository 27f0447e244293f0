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
 * Has a server's backups taken as often as another policy says. The vendor is looked at first, and asked again where an answer was lost, which is
 * as good twice as once; they cost otherwise only when it shows that it is so.
 */
@ApplicationScoped
public class BackupPolicyHandler {
    /** What takes longer a person looks at: it is of a price. */
    static final Duration PATIENCE = Duration.ofMinutes(20);

    /** So long after a lost answer it is asked for again. */
    static final Duration UNTIL_AGAIN = Duration.ofSeconds(30);

    /** After so many questions of which nobody knows what came, a person looks. */
    private static final int LOST_MAX = 5;

    /** That the vendor took the question; what came of it is to be seen at the server. */
    private static final ProviderTask TAKEN = new ProviderTask("policy");

    @Inject
    AddonHandlerSupport options;

    @Inject
    AddonTransactions steps;

    @Inject
    BackupPolicyTransactions own;

    /** For the container. */
    public BackupPolicyHandler() {}

    /** For use outside a container. */
    BackupPolicyHandler(AddonHandlerSupport options, AddonTransactions steps, BackupPolicyTransactions own) {
        this.options = options;
        this.steps = steps;
        this.own = own;
    }

    /** Looks whether it is so, and asks for it if it is not. */
    WorkOutcome change(HandlerContext<Backups> handlerContext) {
        if (!handlerContext.option().isServerActive()) {
            own.giveUp(handlerContext.claimedWorkItem(), Reason.NOT_FOUND);
            return WorkOutcome.done();
        }
        handlerContext.requireOwn();
        var wanted = handlerContext.option().wantedPolicy().orElseThrow();
        if (handlerContext.vendor().policy(handlerContext.serverId()).equals(Optional.of(wanted))) {
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
            handlerContext.vendor().backUp(handlerContext.serverId(), wanted);
            return wanted;
        });
        steps.taken(handlerContext.claimedWorkItem(), TAKEN);
        return WorkOutcome.later(HandlerContext.SOON);
    }

    /** They are taken as often as before, if that is certain; else a person looks. */
    WorkOutcome giveUp(HandlerContext<Backups> handlerContext, ProviderFailure failure) {
        if (AddonHandlerSupport.mayHelp(failure) || handlerContext.option().isMaybeThere()) {
            return WorkOutcome.unclear(handlerContext.home().words(failure));
        }
        own.giveUp(handlerContext.claimedWorkItem(), failure.reason());
        return WorkOutcome.done();
    }
}
