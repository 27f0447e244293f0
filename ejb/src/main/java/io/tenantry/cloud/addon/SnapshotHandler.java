package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes snapshots of a server's disk, restores and deletes them. At the provider, a snapshot is named by its resource tag and looked up by it
 * before it is requested. A restore is never requested twice, as described at {@link RestoreHandler}.
 */
@ApplicationScoped
public class SnapshotHandler implements WorkHandler {
    /** The kind of its work items; each request has its own key. */
    public static final String KIND = "snapshot";

    /** Maximum duration of copying or restoring a disk; afterwards the result is unknown. */
    static final Duration PATIENCE = Duration.ofHours(3);

    /** The longest time after which any provider lists a snapshot; some list it only once it is ready. */
    private static final Duration UNSEEN_MAX = Duration.ofHours(1);

    private static final CallDecision.RetryRule RULE = new CallDecision.RetryRule(UNSEEN_MAX, 2);
    private static final Duration LATER = Duration.ofSeconds(20);

    @Inject
    AddonHandlerSupport options;

    @Inject
    AddonTransactions transactions;

    @Inject
    SnapshotTransactions own;

    @Inject
    RestoreHandler restoring;

    /** For the container. */
    public SnapshotHandler() {}

    /** For use outside a container. */
    SnapshotHandler(
            AddonHandlerSupport options,
            AddonTransactions transactions,
            SnapshotTransactions own,
            RestoreHandler restoring) {
        this.options = options;
        this.transactions = transactions;
        this.own = own;
        this.restoring = restoring;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return options.work(claimedWorkItem, Snapshots.class, "snapshots", this::go, restoring::giveUp);
    }

    private WorkOutcome go(HandlerContext<Snapshots> handlerContext) {
        var option = handlerContext.option();
        if (option.state() != State.TERMINATING && option.isToWait()) {
            return WorkOutcome.later(Addon.PAUSE);
        }
        return switch (option.state()) {
            case ORDERED -> make(handlerContext);
            case ACTIVE -> option.wanted().isPresent() ? restore(handlerContext) : WorkOutcome.done();
            case TERMINATING -> remove(handlerContext);
            case TERMINATED, FAILED -> WorkOutcome.done();
        };
    }

    private WorkOutcome make(HandlerContext<Snapshots> handlerContext) {
        var there = there(handlerContext, own.servers(handlerContext.option().id()));
        if (there.size() > 1) {
            return WorkOutcome.unclear("snapshots with the mark of one: " + String.join(", ", ids(there)));
        }
        var progress = handlerContext.progress();
        progress.ifPresent(one -> reached(handlerContext, one));
        if (there.size() == 1) {
            return await(handlerContext, there.get(0), progress);
        }
        if (handlerContext.option().upstreamId().isPresent()) {
            return handlerContext.isOverdue(PATIENCE)
                    ? WorkOutcome.unclear(
                            "snapshot " + handlerContext.option().upstreamId().get() + " does not exist")
                    : WorkOutcome.later(handlerContext.pause(LATER));
        }
        return progress.isPresent() ? await(handlerContext, progress.get()) : ask(handlerContext);
    }

    /** Shows the progress to those who are waiting. It is stored only if it has increased, since the provider is queried every few seconds. */
    private void reached(HandlerContext<Snapshots> handlerContext, Progress progress) {
        if (progress.stage() == Stage.RUNNING
                && progress.percent() > handlerContext.option().percent()) {
            own.reach(handlerContext.claimedWorkItem(), progress.percent());
        }
    }

    /** A snapshot is ready if the provider lists it as ready and its task does not contradict that. */
    private WorkOutcome await(
            HandlerContext<Snapshots> handlerContext, Snapshot snapshot, Optional<Progress> progress) {
        if (handlerContext.option().upstreamId().isEmpty()) {
            transactions.note(handlerContext.claimedWorkItem(), snapshot.id());
        }
        var stage = progress.map(Progress::stage).orElse(Stage.DONE);
        if (stage == Stage.DONE && snapshot.ready()) {
            own.activate(handlerContext.claimedWorkItem(), snapshot.sizeMib());
            return WorkOutcome.done();
        }
        if (stage == Stage.FAILED || handlerContext.isOverdue(PATIENCE)) {
            return WorkOutcome.unclear("snapshot " + snapshot.id() + " is there, but not ready");
        }
        return WorkOutcome.later(handlerContext.pause(LATER));
    }

    /**
     * Handles a snapshot that is not listed yet: the provider reports that it is in progress, or that it has failed, which is then certain.
     */
    private WorkOutcome await(HandlerContext<Snapshots> handlerContext, Progress progress) {
        if (progress.stage() == Stage.FAILED) {
            transactions.refused(handlerContext.claimedWorkItem());
            return options.fail(handlerContext, Reason.PROVIDER_ERROR, handlerContext.words(progress));
        }
        return handlerContext.isOverdue(PATIENCE)
                ? WorkOutcome.unclear("no snapshot after " + PATIENCE)
                : WorkOutcome.later(handlerContext.pause(LATER));
    }

    private WorkOutcome ask(HandlerContext<Snapshots> handlerContext) {
        if (handlerContext.option().asked().isEmpty()
                && !handlerContext.option().isServerActive()) {
            return options.fail(handlerContext, Reason.NOT_FOUND, "its server has ended");
        }
        handlerContext.requireOwn();
        var obstacle = own.announce(handlerContext.claimedWorkItem(), RULE).obstacle();
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        var providerTask = options.make(
                handlerContext,
                () -> handlerContext.capability().snapshot(handlerContext.serverId(), name(handlerContext)));
        transactions.taken(handlerContext.claimedWorkItem(), providerTask);
        return WorkOutcome.later(HandlerContext.SOON);
    }

    private WorkOutcome restore(HandlerContext<Snapshots> handlerContext) {
        var copy = handlerContext.option().wantedCopy();
        return restoring.restore(
                handlerContext,
                () -> handlerContext.capability().restore(handlerContext.serverId(), copy),
                PATIENCE,
                LATER);
    }

    private WorkOutcome remove(HandlerContext<Snapshots> handlerContext) {
        var servers = own.servers(handlerContext.option().id());
        var there = there(handlerContext, servers);
        if (there.isEmpty()) {
            return HandlerContext.missed(transactions.missed(handlerContext.claimedWorkItem()));
        }
        return options.remove(
                handlerContext,
                ids(there),
                () -> there.forEach(one -> delete(handlerContext.capability(), servers, one)),
                LATER);
    }

    /** The provider does not state at which of the servers it is. */
    static void delete(Snapshots capability, List<String> servers, Snapshot snapshot) {
        servers.forEach(server -> capability.deleteSnapshot(server, snapshot.id()));
    }

    /** Returns everything that the provider has of it, by its resource tag and by the known ID. */
    private static List<Snapshot> there(HandlerContext<Snapshots> handlerContext, List<String> servers) {
        return handlerContext.capability().snapshotsOf(servers).stream()
                .filter(one -> one.name().equals(name(handlerContext))
                        || handlerContext
                                .option()
                                .upstreamId()
                                .filter(one.id()::equals)
                                .isPresent())
                .toList();
    }

    private static String name(HandlerContext<Snapshots> handlerContext) {
        return new ResourceTag(handlerContext.option().id()).text();
    }

    private static List<String> ids(List<Snapshot> snapshots) {
        return snapshots.stream().map(Snapshot::id).toList();
    }
}
