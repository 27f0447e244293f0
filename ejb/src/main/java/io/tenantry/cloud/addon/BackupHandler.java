package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Switches a server's backups on and off, which is idempotent at all providers; changes their frequency by {@link BackupPolicyHandler}; and
 * restores a backup by {@link RestoreHandler}.
 */
@ApplicationScoped
public class BackupHandler implements WorkHandler {
    /** The kind of its work items; each request has its own key. */
    public static final String KIND = "backup";

    /** Maximum duration of restoring a disk; afterwards the result is unknown. */
    static final Duration PATIENCE = Duration.ofHours(2);

    @Inject
    AddonHandlerSupport options;

    @Inject
    AddonTransactions transactions;

    @Inject
    BackupTransactions own;

    @Inject
    RestoreHandler restoring;

    @Inject
    BackupPolicyHandler turning;

    /** For the container. */
    public BackupHandler() {}

    /** For use outside a container. */
    BackupHandler(
            AddonHandlerSupport options,
            AddonTransactions transactions,
            BackupTransactions own,
            RestoreHandler restoring,
            BackupPolicyHandler turning) {
        this.options = options;
        this.transactions = transactions;
        this.own = own;
        this.restoring = restoring;
        this.turning = turning;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return options.work(claimedWorkItem, Backups.class, "backups", this::go, this::giveUp);
    }

    private WorkOutcome go(HandlerContext<Backups> handlerContext) {
        if (handlerContext.option().isToWait()) {
            return WorkOutcome.later(Addon.PAUSE);
        }
        return switch (handlerContext.option().state()) {
            case ORDERED -> switchOn(handlerContext);
            case ACTIVE -> handlerContext.option().wanted().isPresent() ? change(handlerContext) : WorkOutcome.done();
            case TERMINATING -> switchOff(handlerContext);
            case TERMINATED, FAILED -> WorkOutcome.done();
        };
    }

    private WorkOutcome switchOn(HandlerContext<Backups> handlerContext) {
        handlerContext.requireOwn();
        if (handlerContext.option().asked().isPresent()) {
            transactions.unsure(
                    handlerContext.claimedWorkItem()); // The previous worker ended before it recorded the result.
        }
        transactions.announce(handlerContext.claimedWorkItem());
        var unused = options.ask(handlerContext, () -> {
            switchOn(
                    handlerContext.capability(),
                    handlerContext.serverId(),
                    handlerContext.option().policy());
            return handlerContext.serverId();
        });
        own.activate(handlerContext.claimedWorkItem());
        return WorkOutcome.done();
    }

    /** Switches backups on at the frequency that is paid for. */
    static void switchOn(Backups capability, String serverId, Optional<Policy> policy) {
        if (policy.isPresent()) {
            capability.backUp(serverId, policy.get());
        } else {
            capability.backUp(serverId, true);
        }
    }

    private WorkOutcome change(HandlerContext<Backups> handlerContext) {
        return handlerContext.option().wants(Wanted.POLICY) ? turning.change(handlerContext) : restore(handlerContext);
    }

    private WorkOutcome giveUp(HandlerContext<Backups> handlerContext, ProviderFailure failure) {
        return handlerContext.option().wants(Wanted.POLICY)
                ? turning.giveUp(handlerContext, failure)
                : restoring.giveUp(handlerContext, failure);
    }

    /**
     * Switches backups off, after any other worker that may be about to switch them on. If the server no longer exists, nothing is copied; that
     * is believed when the provider reports it twice. As long as the server exists, its backups may be on, even if something else was not
     * found.
     */
    private WorkOutcome switchOff(HandlerContext<Backups> handlerContext) {
        if (own.isBeingSwitchedOn(handlerContext.claimedWorkItem())) {
            return WorkOutcome.later(Addon.PAUSE);
        }
        if (transactions.isBehind(handlerContext.claimedWorkItem())) {
            return WorkOutcome.later(HandlerContext.SOON);
        }
        if (!handlerContext.isAnothers()) {
            try {
                handlerContext.capability().backUp(handlerContext.serverId(), false);
            } catch (ProviderFailure failure) {
                if (failure.reason() != Reason.NOT_FOUND || handlerContext.isServerThere()) {
                    throw failure;
                }
                return HandlerContext.missed(own.missed(handlerContext.claimedWorkItem()));
            }
        }
        own.off(handlerContext.claimedWorkItem());
        return WorkOutcome.done();
    }

    private WorkOutcome restore(HandlerContext<Backups> handlerContext) {
        var copy = handlerContext.option().wantedCopy();
        return restoring.restore(
                handlerContext,
                () -> handlerContext.capability().restoreBackup(handlerContext.serverId(), copy),
                PATIENCE,
                HandlerContext.SOON);
    }
}
